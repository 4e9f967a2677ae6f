/**
 * @module
 * The magnitude that int8 reaches to, and beyond which values are cut: the one that leaves the
 * items which fill the lists the least squared error, what is cut and what is rounded together.
 *
 * One scale serves all values, so a single outlier makes every other coarser. But outliers stand in
 * the strongest items, which are on everyone's list: a fixed share of a large catalogue, small as
 * it is, may all be cut from those. So only they are asked.
 */
import { LARGEST_INT8 } from './roundRows.ts';

/** The strongest rows: lists of fifty reach a few hundred to a thousand rows down. */
const STRONG_ROWS = 512;
/** At most this share of their values is cut. */
const MOST_CUT = 1e-3;
/** From one number of values cut to the next that is tried. */
const GROWTH = 1.5;

/**
 * @param factors - rows × d, all finite.
 * @returns one of their magnitudes, so that what was cut once is not cut again; 0 when all are 0.
 */
export function clipMagnitude(factors: Float32Array, dim: number): number {
  const values = strongValues(factors, dim);
  const magnitudes = values.map(Math.abs).sort().reverse();
  if (magnitudes.length === 0 || magnitudes[0] === 0) return 0;
  let best = magnitudes[0];
  let least = Infinity;
  for (let cut = 0; cut <= magnitudes.length * MOST_CUT; cut = Math.ceil((cut + 1) * GROWTH)) {
    const error = squaredError(magnitudes, magnitudes[cut]);
    if (error < least) {
      least = error;
      best = magnitudes[cut];
    }
  }
  return best;
}

function squaredError(magnitudes: Float32Array, clip: number): number {
  const scale = clip / LARGEST_INT8;
  let sum = 0;
  for (const magnitude of magnitudes) {
    const value = Math.min(LARGEST_INT8, Math.round(magnitude / scale));
    sum += (magnitude - value * scale) ** 2;
  }
  return sum;
}

/** The values of the `STRONG_ROWS` longest rows. */
function strongValues(factors: Float32Array, dim: number): Float32Array {
  const rows = factors.length / dim;
  const squaredNorms = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    for (let at = row * dim; at < (row + 1) * dim; at++) squaredNorms[row] += factors[at] ** 2;
  }
  const least = squaredNorms.slice().sort()[Math.max(0, rows - STRONG_ROWS)];
  const strong: number[] = [];
  for (let row = 0; row < rows && strong.length < STRONG_ROWS; row++) {
    if (squaredNorms[row] >= least) strong.push(row);
  }
  const values = new Float32Array(strong.length * dim);
  for (const [index, row] of strong.entries()) {
    values.set(factors.subarray(row * dim, (row + 1) * dim), index * dim);
  }
  return values;
}
