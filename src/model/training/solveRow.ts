/**
 * @module
 * The half of alternating least squares that costs: one row's embedding from its entries, the other
 * side held fixed, exactly, by Cholesky.
 *
 * Solves (α₀·G + Λ + Σ aᵢ·yᵢyᵢᵀ) x = Σ bᵢ·yᵢ with G = YᵀY: O(n·d² + d³). Sums are float64, factors
 * float32. Only the lower triangle is built, eight entries at a time, so that each of its numbers
 * is loaded and stored once for eight products.
 *
 * Paper: Hu, Koren & Volinsky, ICDM 2008, eq. 4, https://doi.org/10.1109/ICDM.2008.22; the ridge:
 * Rendle et al. 2021, https://arxiv.org/abs/2110.14037, eq. 7.
 */
import { SottoError } from '../../errors.ts';
import { coefficients, gramWeight, ridge, type Objective } from '../objective.ts';
import type { SparseMatrix } from './sparse.ts';

const LANES = 8;

/** Working memory of one thread for one embedding length. */
export interface SolveScratch {
  readonly dim: number;
  /** Lower triangle, d × d row-major. */
  readonly matrix: Float64Array;
  readonly right: Float64Array;
  /** Eight gathered rows of the frozen side. */
  readonly rows: Float64Array;
}

export function createSolveScratch(dim: number): SolveScratch {
  return {
    dim,
    matrix: new Float64Array(dim * dim),
    right: new Float64Array(dim),
    rows: new Float64Array(LANES * dim),
  };
}

/**
 * @param side - the entries of the rows solved for; its columns index `frozen`.
 * @param frozen - the other side's factors, columns × d, row-major. Not modified.
 * @param gram - its YᵀY, d × d, symmetric.
 * @param out - rows × d; row `row` is written. Zero for a row with nothing in favour.
 * @throws {SottoError} `not-finite` if the matrix is not positive definite.
 */
export function solveRow(
  objective: Objective,
  side: SparseMatrix,
  row: number,
  frozen: Float32Array,
  gram: Float64Array,
  out: Float32Array,
  scratch: SolveScratch,
): void {
  const { dim, matrix, right } = scratch;
  const from = side.starts[row];
  const to = side.starts[row + 1];
  let positives = 0;
  for (let entry = from; entry < to; entry++) if (side.values[entry] > 0) positives++;
  if (positives === 0) {
    out.fill(0, row * dim, (row + 1) * dim);
    return;
  }
  const weight = gramWeight(objective);
  for (let place = 0; place < dim * dim; place++) matrix[place] = weight * gram[place];
  const diagonal = ridge(objective, positives, side.columns);
  for (let f = 0; f < dim; f++) matrix[f * dim + f] += diagonal;
  right.fill(0);
  for (let entry = from; entry < to; entry += LANES) {
    addEntries(objective, side, entry, Math.min(LANES, to - entry), frozen, scratch);
  }
  if (!solveInPlace(matrix, right, dim)) {
    throw new SottoError(
      'not-finite',
      `the equation of row ${row} must be positive definite but is not (ridge ${diagonal})`,
    );
  }
  for (let f = 0; f < dim; f++) out[row * dim + f] = right[f];
}

const as = new Float64Array(LANES);

/** Adds up to eight entries to the triangle and the right-hand side; missing ones weigh zero. */
function addEntries(
  objective: Objective,
  side: SparseMatrix,
  first: number,
  count: number,
  frozen: Float32Array,
  { dim, matrix, right, rows }: SolveScratch,
): void {
  for (let lane = 0; lane < LANES; lane++) {
    const place = lane * dim;
    if (lane >= count) {
      as[lane] = 0;
      rows.fill(0, place, place + dim);
      continue;
    }
    const { a, b } = coefficients(objective, side.values[first + lane]);
    as[lane] = a;
    const source = side.indices[first + lane] * dim;
    for (let f = 0; f < dim; f++) {
      const value = frozen[source + f];
      rows[place + f] = value;
      right[f] += b * value;
    }
  }
  const r1 = dim;
  const r2 = 2 * dim;
  const r3 = 3 * dim;
  const r4 = 4 * dim;
  const r5 = 5 * dim;
  const r6 = 6 * dim;
  const r7 = 7 * dim;
  for (let i = 0; i < dim; i++) {
    const s0 = as[0] * rows[i];
    const s1 = as[1] * rows[r1 + i];
    const s2 = as[2] * rows[r2 + i];
    const s3 = as[3] * rows[r3 + i];
    const s4 = as[4] * rows[r4 + i];
    const s5 = as[5] * rows[r5 + i];
    const s6 = as[6] * rows[r6 + i];
    const s7 = as[7] * rows[r7 + i];
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

/**
 * Cholesky of the lower triangle, then both substitutions; `right` becomes the answer.
 * @returns false where a pivot is not above zero.
 */
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
