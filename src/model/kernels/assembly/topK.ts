/**
 * @module
 * Fused scan and selection over int8 item factors: the k rows with the largest inner product with
 * an int16 query, without ever storing N scores.
 *
 * AssemblyScript, compiled by `scripts/buildKernels.ts` to dist/sotto-kernels.wasm with SIMD128. Memory is
 * laid out by the caller (`kernels/rankingKernel.ts`); nothing is allocated here.
 *
 * The readable twin is `retrieval/reference.ts`: integer sums, equal scores by ascending row, so
 * both give the same list to the last place.
 */

import {
  candidateThreshold,
  finishSorted,
  offerCandidate,
  SAMPLE_STEP,
  SAMPLED_FROM,
  startCandidates,
  worstCandidate,
} from './candidates';
import { COARSE_ROW, coarsen, coarseThreshold, noteAbove } from './coarse';
import { addLanes, dot64, dotFour, dotRow } from './dotRows';

/** A bit for each of the four rows from `index` on that stands before `last` and in no mask. */
// @ts-ignore: decorator
@inline
function allowedFour(index: i32, last: i32, mask: usize): i32 {
  const left = last - index;
  const allowed = left < 4 ? (1 << left) - 1 : 15;
  if (mask == 0) return allowed;
  return allowed & ~(<i32>load<u8>(mask + <usize>(index >> 3)) >> (index & 4));
}

/** Rows a place. */
const SAMPLED_TO: i32 = 512;

// No sum is as low as the least int32: see `retrieval/quantiseQuery.ts`.
// @ts-ignore: decorator
@inline
function integerThreshold(): i32 {
  const threshold = candidateThreshold();
  return threshold == -Infinity ? i32.MIN_VALUE : <i32>threshold;
}

/** Offers four rows from `index` on. @param low - two scores, float64. @param high - two more. */
function offerFour(low: v128, high: v128, index: i32, last: i32, mask: usize): void {
  const allowed = allowedFour(index, last, mask);
  offerCandidate(f64x2.extract_lane(low, 0), index, allowed & 1);
  offerCandidate(f64x2.extract_lane(low, 1), index + 1, (allowed >> 1) & 1);
  offerCandidate(f64x2.extract_lane(high, 0), index + 2, (allowed >> 2) & 1);
  offerCandidate(f64x2.extract_lane(high, 1), index + 3, (allowed >> 3) & 1);
}

/** The last two of four int32, as float64. */
// @ts-ignore: decorator
@inline
function convertHigh(sums: v128): v128 {
  return f64x2.convert_low_i32x4_s(v128.shuffle<i64>(sums, sums, 1, 1));
}

/** The same of sums. @returns the new threshold, four times. */
function offerSums(sums: v128, index: i32, last: i32, mask: usize): v128 {
  offerFour(f64x2.convert_low_i32x4_s(sums), convertHigh(sums), index, last, mask);
  return i32x4.splat(integerThreshold());
}

/** Offers the rows [first, last), of which `row` is the first. */
function scanBlock(
  row: usize,
  stride: usize,
  query: usize,
  first: i32,
  last: i32,
  mask: usize,
): void {
  let least = i32x4.splat(integerThreshold());
  for (let index = first; index < last; index += 4, row += stride << 2) {
    const sums = dotFour(row, stride, query);
    if (v128.any_true(i32x4.gt_s(sums, least))) {
      least = offerSums(sums, index, last, mask);
    }
  }
}

/** The same for rows of 64 bytes. */
function scanBlock64(
  row: usize,
  query: usize,
  first: i32,
  last: i32,
  mask: usize,
): void {
  const query0 = v128.load(query);
  const query1 = v128.load(query, 16);
  const query2 = v128.load(query, 32);
  const query3 = v128.load(query, 48);
  const query4 = v128.load(query, 64);
  const query5 = v128.load(query, 80);
  const query6 = v128.load(query, 96);
  const query7 = v128.load(query, 112);
  let least = i32x4.splat(integerThreshold());
  for (let index = first; index < last; index += 4, row += 256) {
    const sums = addLanes(
      dot64(row, query0, query1, query2, query3, query4, query5, query6, query7),
      dot64(row + 64, query0, query1, query2, query3, query4, query5, query6, query7),
      dot64(row + 128, query0, query1, query2, query3, query4, query5, query6, query7),
      dot64(row + 192, query0, query1, query2, query3, query4, query5, query6, query7),
    );
    if (v128.any_true(i32x4.gt_s(sums, least))) {
      least = offerSums(sums, index, last, mask);
    }
  }
}

/** The same with a first look. @param norm - of the longest row. */
function scanBlockTwice(
  factors: usize,
  query: usize,
  first: i32,
  last: i32,
  mask: usize,
  norm: f64,
): void {
  const coarse = query + (COARSE_ROW << 1);
  const hits = coarse + (COARSE_ROW << 1);
  const least = coarseThreshold(candidateThreshold(), norm);
  const count = noteAbove(factors + (<usize>first << 6), coarse, first, last, least, hits);
  for (let at = hits; at < hits + (<usize>count << 2); at += 4) {
    const hit = load<i32>(at);
    let index = hit >> 4;
    let above = hit & allowedFour(index, last, mask);
    for (; above != 0; above >>= 1, index++) {
      const sum = dotRow(factors + (<usize>index << 6), query, COARSE_ROW);
      offerCandidate(<f64>sum, index, above & 1);
    }
  }
}

/** The same by cosine. */
function scanBlockCosine(
  row: usize,
  stride: usize,
  query: usize,
  first: i32,
  last: i32,
  mask: usize,
  inverse: usize,
): void {
  for (let index = first; index < last; index += 4, row += stride << 2, inverse += 32) {
    const sums = dotFour(row, stride, query);
    const low = f64x2.mul(f64x2.convert_low_i32x4_s(sums), v128.load(inverse));
    const high = f64x2.mul(convertHigh(sums), v128.load(inverse, 16));
    const least = f64x2.splat(candidateThreshold());
    if (v128.any_true(v128.or(f64x2.gt(low, least), f64x2.gt(high, least)))) {
      offerFour(low, high, index, last, mask);
    }
  }
}

/** Every `step`-th block, rows of which are offered; other parameters as `topK`'s. */
function scanBlocks(
  step: i32,
  factors: usize,
  rows: i32,
  stride: usize,
  query: usize,
  norms: usize,
  reach: f64,
  blockRows: i32,
  inverseNorms: usize,
  mask: usize,
): void {
  for (let first = 0; first < rows; first += blockRows * step) {
    const norm = load<f64>(norms + (<usize>(first / blockRows) << 3));
    // Rows of later blocks lose ties, so a block that can only equal the worst can be passed over.
    if (norm * reach <= candidateThreshold()) continue;
    const last = min(first + blockRows, rows);
    const row = factors + <usize>first * stride;
    if (inverseNorms != 0) {
      const inverse = inverseNorms + (<usize>first << 3);
      scanBlockCosine(row, stride, query, first, last, mask, inverse);
    } else if (stride != COARSE_ROW) {
      scanBlock(row, stride, query, first, last, mask);
    } else if (ASC_FEATURE_RELAXED_SIMD) {
      scanBlockTwice(factors, query, first, last, mask, norm);
    } else {
      scanBlock64(row, query, first, last, mask);
    }
  }
}

/**
 * @param factors - int8, `rows` × `stride`, 16-byte aligned; at least three rows may be read past
 *   the end.
 * @param query - int16, `stride` values.
 * @param norms - float64 a block: the largest norm of its rows, or a hair more.
 * @param reach - the query's norm: no row of a block scores more than `reach` times the block's. Infinity: scan everything.
 * @param blockRows - a multiple of 4.
 * @param inverseNorms - float64 a row, multiplied into its score (cosine); three more may be read.
 *   0: inner product.
 * @param mask - a set bit keeps its row out. 0: none.
 * @param places - in use before what is not wanted is thrown away: more than k, or `rows`.
 * @param outScores - float64, `places` + 1; @param outRows - int32, as many: best first.
 * @returns how many were found.
 */
export function topK(
  factors: usize,
  rows: i32,
  stride: usize,
  query: usize,
  norms: usize,
  reach: f64,
  blockRows: i32,
  inverseNorms: usize,
  mask: usize,
  k: i32,
  places: i32,
  outScores: usize,
  outRows: usize,
): i32 {
  if (ASC_FEATURE_RELAXED_SIMD && stride == COARSE_ROW) coarsen(query, query + (COARSE_ROW << 1));
  let least = -Infinity;
  // Where norms are flat, no block's place says how strong it is, and a few tell of all. Of very
  // many rows few enter in any case, and reading the sample costs more than it spares.
  const share = rows / max(k, 1);
  if (reach == Infinity && inverseNorms == 0 && share > SAMPLED_FROM && share < SAMPLED_TO) {
    const sampled = (k << 1) / SAMPLE_STEP + 8;
    startCandidates(outScores, outRows, sampled, sampled << 1, least);
    scanBlocks(SAMPLE_STEP, factors, rows, stride, query, norms, reach, blockRows, inverseNorms, mask);
    least = worstCandidate();
  }
  while (true) {
    startCandidates(outScores, outRows, k, places, least);
    scanBlocks(1, factors, rows, stride, query, norms, reach, blockRows, inverseNorms, mask);
    const found = finishSorted();
    if (found == k || least == -Infinity) return found;
    least = -Infinity;
  }
}
