/**
 * @module
 * Groups of alike items: k-means on the unit sphere, where alike means a large inner product.
 */
import type { FactorTable } from './readFactors.ts';
import { normaliseRows } from './readFactors.ts';
import { seededRandom } from './seededRandom.ts';

const ROUNDS = 25;
const SEED = 20120711;

export interface Clusters {
  /** Group of each row. */
  groups: Int32Array;
  /** count × dim, row-major, unit length. */
  centres: Float64Array;
}

/** @param count - number of groups, at least 1. */
export function clusters(table: FactorTable, count: number): Clusters {
  const { rows, dim, values, weights } = table;
  let centres = spreadCentres(table, count);
  const groups = new Int32Array(rows);
  for (let round = 0; round < ROUNDS; round++) {
    for (let row = 0; row < rows; row++) {
      groups[row] = nearest(values.subarray(row * dim, (row + 1) * dim), centres, count).group;
    }
    const sums = new Float64Array(count * dim);
    for (let row = 0; row < rows; row++) {
      for (let f = 0; f < dim; f++) {
        sums[groups[row] * dim + f] += weights[row] * values[row * dim + f];
      }
    }
    normaliseRows(sums, dim);
    centres = sums;
  }
  return { groups, centres };
}

/** Each next centre is drawn by weight and squared distance from those there are (k-means++). */
function spreadCentres({ rows, dim, values, weights }: FactorTable, count: number): Float64Array {
  const random = seededRandom(SEED);
  const centres = new Float64Array(count * dim);
  let chosen = Math.floor(random() * rows);
  for (let group = 0; group < count; group++) {
    centres.set(values.subarray(chosen * dim, (chosen + 1) * dim), group * dim);
    const distances = Float64Array.from({ length: rows }, (_, row) => {
      const vector = values.subarray(row * dim, (row + 1) * dim);
      const distance = Math.max(0, 1 - nearest(vector, centres, group + 1).similarity);
      return weights[row] * distance ** 2;
    });
    let left = random() * distances.reduce((sum, distance) => sum + distance, 0);
    chosen = distances.findIndex((distance) => (left -= distance) <= 0);
    if (chosen < 0) chosen = rows - 1;
  }
  return centres;
}

function nearest(
  row: Float64Array,
  centres: Float64Array,
  count: number,
): { group: number; similarity: number } {
  let group = 0;
  let similarity = -Infinity;
  for (let candidate = 0; candidate < count; candidate++) {
    let product = 0;
    for (let f = 0; f < row.length; f++) product += row[f] * centres[candidate * row.length + f];
    if (product > similarity) {
      similarity = product;
      group = candidate;
    }
  }
  return { group, similarity };
}
