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
  /** Length `LANES`. */
  readonly weights: Float64Array;
  /** matrix += Σ weight·row·rowᵀ. */
  addOuterProducts(): void;
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
  const weights = new Float64Array(LANES);
  return {
    dim,
    matrix,
    right,
    rows,
    weights,
    addOuterProducts: () => addOuterProducts(rows, weights, matrix, dim),
    solve: () => solveInPlace(matrix, right, dim),
  };
}

function addOuterProducts(
  rows: Float64Array,
  weights: Float64Array,
  matrix: Float64Array,
  dim: number,
): void {
  const r1 = dim;
  const r2 = 2 * dim;
  const r3 = 3 * dim;
  const r4 = 4 * dim;
  const r5 = 5 * dim;
  const r6 = 6 * dim;
  const r7 = 7 * dim;
  for (let i = 0; i < dim; i++) {
    const s0 = weights[0] * rows[i];
    const s1 = weights[1] * rows[r1 + i];
    const s2 = weights[2] * rows[r2 + i];
    const s3 = weights[3] * rows[r3 + i];
    const s4 = weights[4] * rows[r4 + i];
    const s5 = weights[5] * rows[r5 + i];
    const s6 = weights[6] * rows[r6 + i];
    const s7 = weights[7] * rows[r7 + i];
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

function solveInPlace(matrix: Float64Array, right: Float64Array, dim: number): boolean {
  for (let i = 0; i < dim; i++) {
    const rowI = i * dim;
    for (let j = 0; j <= i; j++) {
      const rowJ = j * dim;
      // Four sums: one would wait for its own last addition at every step.
      let sum0 = 0;
      let sum1 = 0;
      let sum2 = 0;
      let sum3 = 0;
      let k = 0;
      for (; k + 3 < j; k += 4) {
        sum0 += matrix[rowI + k] * matrix[rowJ + k];
        sum1 += matrix[rowI + k + 1] * matrix[rowJ + k + 1];
        sum2 += matrix[rowI + k + 2] * matrix[rowJ + k + 2];
        sum3 += matrix[rowI + k + 3] * matrix[rowJ + k + 3];
      }
      for (; k < j; k++) sum0 += matrix[rowI + k] * matrix[rowJ + k];
      const value = matrix[rowI + j] - (sum0 + sum1 + (sum2 + sum3));
      if (j < i) {
        matrix[rowI + j] = value / matrix[rowJ + j];
      } else {
        if (!(value > 0) || value === Infinity) return false;
        matrix[rowI + i] = Math.sqrt(value);
      }
    }
  }
  for (let i = 0; i < dim; i++) {
    let value = right[i];
    for (let k = 0; k < i; k++) value -= matrix[i * dim + k] * right[k];
    right[i] = value / matrix[i * dim + i];
  }
  for (let i = dim - 1; i >= 0; i--) {
    let value = right[i];
    for (let k = i + 1; k < dim; k++) value -= matrix[k * dim + i] * right[k];
    right[i] = value / matrix[i * dim + i];
  }
  return true;
}
