/**
 * @module
 * SolveKernel: the inner loops of training on memory of their own, and their plain version. The
 * fast one (`wasmSolveKernel.ts`) sums every number in the same order and gives the same bits.
 */

/** Entries added at a time, so that each number is loaded and stored once for eight products. */
export const LANES = 8;

/** For one embedding length. One thread's own; the caller fills and reads the views. */
export interface SolveKernel {
  readonly dim: number;
  /** d × d, row-major; only the lower triangle counts, the rest may hold anything. */
  readonly matrix: Float64Array;
  /** Length d. */
  readonly right: Float64Array;
  /** `LANES` rows of length d. */
  readonly rows: Float64Array;
  /** Length `LANES`: the rows' weights in the matrix, and on the right-hand side. */
  readonly a: Float64Array;
  readonly b: Float64Array;
  /** matrix += Σ aᵢ·yᵢyᵢᵀ, right += Σ bᵢ·yᵢ over `rows`. */
  addEntries(): void;
  /**
   * Cholesky of `matrix`, in place, then both substitutions: `right` becomes the answer.
   * @returns false where a pivot is not above zero.
   */
  solve(): boolean;
}

export function createPlainSolveKernel(dim: number): SolveKernel {
  const matrix = new Float64Array(dim * dim);
  const right = new Float64Array(dim);
  const rows = new Float64Array(LANES * dim);
  const a = new Float64Array(LANES);
  const b = new Float64Array(LANES);
  const column = new Float64Array(dim);
  return {
    dim,
    matrix,
    right,
    rows,
    a,
    b,
    addEntries() {
      addToRight(rows, b, right, dim);
      addToMatrix(rows, a, matrix, dim);
    },
    solve: () => solveInPlace(matrix, right, column, dim),
  };
}

function addToRight(rows: Float64Array, b: Float64Array, right: Float64Array, dim: number): void {
  for (let lane = 0; lane < LANES; lane++) {
    for (let f = 0; f < dim; f++) right[f] += b[lane] * rows[lane * dim + f];
  }
}

function addToMatrix(rows: Float64Array, a: Float64Array, matrix: Float64Array, dim: number): void {
  const r1 = dim;
  const r2 = 2 * dim;
  const r3 = 3 * dim;
  const r4 = 4 * dim;
  const r5 = 5 * dim;
  const r6 = 6 * dim;
  const r7 = 7 * dim;
  for (let i = 0; i < dim; i++) {
    const s0 = a[0] * rows[i];
    const s1 = a[1] * rows[r1 + i];
    const s2 = a[2] * rows[r2 + i];
    const s3 = a[3] * rows[r3 + i];
    const s4 = a[4] * rows[r4 + i];
    const s5 = a[5] * rows[r5 + i];
    const s6 = a[6] * rows[r6 + i];
    const s7 = a[7] * rows[r7 + i];
    const place = i * dim;
    for (let j = 0; j <= i; j++) {
      matrix[place + j] +=
        s0 * rows[j] +
        s1 * rows[r1 + j] +
        (s2 * rows[r2 + j] + s3 * rows[r3 + j]) +
        (s4 * rows[r4 + j] + s5 * rows[r5 + j] + (s6 * rows[r6 + j] + s7 * rows[r7 + j]));
    }
  }
}

/** Column by column. The diagonal is left holding its inverse: substitutions only multiply. */
function solveInPlace(
  matrix: Float64Array,
  right: Float64Array,
  column: Float64Array,
  dim: number,
): boolean {
  for (let k = 0; k < dim; k++) {
    const pivot = matrix[k * dim + k];
    if (!(pivot > 0) || pivot === Infinity) return false;
    const inverse = 1 / Math.sqrt(pivot);
    matrix[k * dim + k] = inverse;
    right[k] *= inverse;
    for (let i = k + 1; i < dim; i++) {
      const value = matrix[i * dim + k] * inverse;
      matrix[i * dim + k] = value;
      column[i] = value;
      right[i] -= value * right[k];
    }
    for (let i = k + 1; i < dim; i++) {
      const value = column[i];
      const row = i * dim;
      for (let j = k + 1; j <= i; j++) matrix[row + j] -= value * column[j];
    }
  }
  for (let k = dim - 1; k >= 0; k--) {
    right[k] *= matrix[k * dim + k];
    for (let i = 0; i < k; i++) right[i] -= matrix[k * dim + i] * right[k];
  }
  return true;
}
