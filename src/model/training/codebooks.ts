/**
 * @module
 * Codebooks for 4-bit codes: in each subspace (two columns), sixteen centroids by k-means over
 * rows divided by the gain of their group. Seeded; equal input gives equal centroids.
 *
 * Jégou, Douze & Schmid, Product Quantization for Nearest Neighbor Search, 2011,
 * https://doi.org/10.1109/TPAMI.2010.57.
 */
import { groupGain } from '../retrieval/compact/groupGain.ts';
import { nearestCentroid } from '../retrieval/compact/nearestCentroid.ts';
import { CENTROIDS, columnsOf, GROUP_ROWS, subspaceCount } from '../retrieval/compact/layout.ts';
import { seededRandom } from './seededRandom.ts';

const ITERATIONS = 15;
/** More rows than this hardly move a centroid. */
const SAMPLE_ROWS = 16_384;
const SEED = 4;

/**
 * @param values - rows × stride, in order of descending norm. Not modified.
 * @returns S × 16 × 2.
 */
export function trainCodebooks(
  values: Int8Array,
  rows: number,
  stride: number,
  dim: number,
): Float32Array {
  const subspaces = subspaceCount(dim);
  const centroids = new Float32Array(subspaces * CENTROIDS * 2);
  const sample = sampleRows(values, rows, stride);
  const points = new Float64Array(sample.length * 2);
  for (let subspace = 0; subspace < subspaces; subspace++) {
    const [first, second] = columnsOf(subspace, dim);
    for (const [place, { row, gain }] of sample.entries()) {
      points[2 * place] = values[row * stride + first] / gain;
      points[2 * place + 1] = second < 0 ? 0 : values[row * stride + second] / gain;
    }
    centroids.set(cluster(points, sample.length, SEED + subspace), subspace * CENTROIDS * 2);
  }
  return centroids;
}

/** Evenly spread rows with the gain of their group; rows of zeros teach nothing. */
function sampleRows(values: Int8Array, rows: number, stride: number) {
  const sample: { row: number; gain: number }[] = [];
  const step = Math.max(1, rows / SAMPLE_ROWS);
  let group = -1;
  let gain = 0;
  for (let at = 0; at < rows; at += step) {
    const row = Math.floor(at);
    const its = Math.floor(row / GROUP_ROWS);
    if (its !== group) {
      group = its;
      gain = groupGain(values, rows, stride, group);
    }
    if (gain > 0) sample.push({ row, gain });
  }
  return sample;
}

/** Lloyd's iterations on points in the plane, from points drawn far from those drawn before. */
function cluster(points: Float64Array, count: number, seed: number): Float64Array {
  const centres = new Float64Array(CENTROIDS * 2);
  if (count === 0) return centres;
  const random = seededRandom(seed);
  const distances = new Float64Array(count).fill(Infinity);
  let chosen = Math.floor(random() * count);
  for (let centre = 0; centre < CENTROIDS; centre++) {
    const x = points[2 * chosen];
    const y = points[2 * chosen + 1];
    centres.set([x, y], 2 * centre);
    let total = 0;
    for (let at = 0; at < count; at++) {
      const distance = (points[2 * at] - x) ** 2 + (points[2 * at + 1] - y) ** 2;
      if (distance < distances[at]) distances[at] = distance;
      total += distances[at];
    }
    let left = random() * total;
    chosen = 0;
    while (chosen < count - 1 && (left -= distances[chosen]) > 0) chosen++;
  }
  const sums = new Float64Array(CENTROIDS * 3);
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    sums.fill(0);
    for (let at = 0; at < count; at++) {
      const nearest = nearestCentroid(centres, 0, points[2 * at], points[2 * at + 1]);
      sums[3 * nearest] += points[2 * at];
      sums[3 * nearest + 1] += points[2 * at + 1];
      sums[3 * nearest + 2]++;
    }
    for (let centre = 0; centre < CENTROIDS; centre++) {
      const members = sums[3 * centre + 2];
      if (members === 0) continue;
      centres[2 * centre] = sums[3 * centre] / members;
      centres[2 * centre + 1] = sums[3 * centre + 1] / members;
    }
  }
  return centres;
}
