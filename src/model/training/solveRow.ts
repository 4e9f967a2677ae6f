/**
 * @module
 * The half of alternating least squares that costs: one row's embedding from its entries, the other
 * side held fixed, exactly, by Cholesky.
 *
 * Solves (α₀·G + Λ + Σ aᵢ·yᵢyᵢᵀ) x = Σ bᵢ·yᵢ with G = YᵀY: O(n·d² + d³). Sums are float64, factors
 * float32.
 *
 * Paper: Hu, Koren & Volinsky, ICDM 2008, eq. 4, https://doi.org/10.1109/ICDM.2008.22; the ridge:
 * Rendle et al. 2021, https://arxiv.org/abs/2110.14037, eq. 7.
 */
import { SottoError } from '../../errors.ts';
import { coefficients, ridge, type Objective } from '../objective.ts';
import { LANES, type SolveKernel } from './solveKernel.ts';
import type { SparseMatrix } from './sparse.ts';

/**
 * @param side - the entries of the rows solved for; its columns index `frozen`.
 * @param frozen - the other side's factors, columns × d, row-major. Not modified.
 * @param weightedGram - α₀·YᵀY of it, d × d, symmetric.
 * @param out - rows × d; row `row` is written. Zero for a row with nothing in favour.
 * @throws {SottoError} `not-finite` if the matrix is not positive definite.
 */
export function solveRow(
  objective: Objective,
  side: SparseMatrix,
  row: number,
  frozen: Float32Array,
  weightedGram: Float64Array,
  out: Float32Array,
  kernel: SolveKernel,
): void {
  const { dim, matrix, right } = kernel;
  const from = side.starts[row];
  const to = side.starts[row + 1];
  let positives = 0;
  for (let entry = from; entry < to; entry++) if (side.values[entry] > 0) positives++;
  if (positives === 0) {
    out.fill(0, row * dim, (row + 1) * dim);
    return;
  }
  matrix.set(weightedGram);
  const diagonal = ridge(objective, positives, side.columns);
  for (let f = 0; f < dim; f++) matrix[f * dim + f] += diagonal;
  right.fill(0);
  for (let entry = from; entry < to; entry += LANES) {
    gatherEntries(objective, side, entry, Math.min(LANES, to - entry), frozen, kernel);
    kernel.addEntries();
  }
  if (!kernel.solve()) {
    throw new SottoError(
      'not-finite',
      `the equation of row ${row} must be positive definite but is not (ridge ${diagonal})`,
    );
  }
  for (let f = 0; f < dim; f++) out[row * dim + f] = right[f];
}

/** Lays up to eight entries out for the kernel, missing ones as zeros. */
function gatherEntries(
  objective: Objective,
  side: SparseMatrix,
  first: number,
  count: number,
  frozen: Float32Array,
  kernel: SolveKernel,
): void {
  const { dim, rows } = kernel;
  for (let lane = 0; lane < LANES; lane++) {
    const place = lane * dim;
    if (lane >= count) {
      kernel.a[lane] = 0;
      kernel.b[lane] = 0;
      rows.fill(0, place, place + dim);
      continue;
    }
    const { a, b } = coefficients(objective, side.values[first + lane]);
    kernel.a[lane] = a;
    kernel.b[lane] = b;
    const source = side.indices[first + lane] * dim;
    for (let f = 0; f < dim; f++) rows[place + f] = frozen[source + f];
  }
}
