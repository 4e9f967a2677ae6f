/**
 * @module
 * Fused scan and selection over int8 item factors: the k rows with the largest inner product with
 * an int16 query, without ever storing N scores.
 *
 * AssemblyScript, compiled by `scripts/build.ts` to dist/sotto-kernels.wasm with SIMD128. Memory is
 * laid out by the caller (`kernels/rankingKernel.ts`); nothing is allocated here.
 *
 * The readable twin is `retrieval/reference.ts`: integer sums, equal scores by ascending row, so
 * both give the same list to the last place.
 */

import {
  candidateThreshold,
  finishSorted,
  offerCandidate,
  startCandidates,
} from './candidates';
import { addLanes, dot64, dotFour } from './dotRows';

/** A bit for each of the four rows from `index` on that stands before `last` and in no mask. */
// @ts-ignore: decorator
@inline
function allowedFour(index: i32, last: i32, mask: usize): i32 {
  const left = last - index;
  const allowed = left < 4 ? (1 << left) - 1 : 15;
  if (mask == 0) return allowed;
  return allowed & ~(<i32>load<u8>(mask + <usize>(index >> 3)) >> (index & 4));
}

// No sum is as low as the least int32: see `retrieval/quantiseQuery.ts`.
// @ts-ignore: decorator
@inline
function integerThreshold(): i32 {
  const threshold = candidateThreshold();
  return threshold == -Infinity ? i32.MIN_VALUE : <i32>threshold;
}

/** Four rows from `index` on, some of them above the threshold. @returns the new threshold. */
function offerFour(sums: v128, index: i32, last: i32, mask: usize): i32 {
  const allowed = allowedFour(index, last, mask);
  offerCandidate(<f64>i32x4.extract_lane(sums, 0), index, allowed & 1);
  offerCandidate(<f64>i32x4.extract_lane(sums, 1), index + 1, (allowed >> 1) & 1);
  offerCandidate(<f64>i32x4.extract_lane(sums, 2), index + 2, (allowed >> 2) & 1);
  offerCandidate(<f64>i32x4.extract_lane(sums, 3), index + 3, (allowed >> 3) & 1);
  return integerThreshold();
}

/** Rows [first, last) of `row` on. @returns the new threshold. */
function scanBlock(
  row: usize,
  stride: usize,
  query: usize,
  first: i32,
  last: i32,
  mask: usize,
  threshold: i32,
): i32 {
  let least = i32x4.splat(threshold);
  for (let index = first; index < last; index += 4, row += stride << 2) {
    const sums = dotFour(row, stride, query);
    if (v128.any_true(i32x4.gt_s(sums, least))) {
      threshold = offerFour(sums, index, last, mask);
      least = i32x4.splat(threshold);
    }
  }
  return threshold;
}

/** The same for rows of 64 bytes. */
function scanBlock64(
  row: usize,
  query: usize,
  first: i32,
  last: i32,
  mask: usize,
  threshold: i32,
): i32 {
  const query0 = v128.load(query);
  const query1 = v128.load(query, 16);
  const query2 = v128.load(query, 32);
  const query3 = v128.load(query, 48);
  const query4 = v128.load(query, 64);
  const query5 = v128.load(query, 80);
  const query6 = v128.load(query, 96);
  const query7 = v128.load(query, 112);
  let least = i32x4.splat(threshold);
  for (let index = first; index < last; index += 4, row += 256) {
    const sums = addLanes(
      dot64(row, query0, query1, query2, query3, query4, query5, query6, query7),
      dot64(row + 64, query0, query1, query2, query3, query4, query5, query6, query7),
      dot64(row + 128, query0, query1, query2, query3, query4, query5, query6, query7),
      dot64(row + 192, query0, query1, query2, query3, query4, query5, query6, query7),
    );
    if (v128.any_true(i32x4.gt_s(sums, least))) {
      threshold = offerFour(sums, index, last, mask);
      least = i32x4.splat(threshold);
    }
  }
  return threshold;
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
    const allowed = allowedFour(index, last, mask);
    const low = f64x2.mul(f64x2.convert_low_i32x4_s(sums), v128.load(inverse));
    const high = f64x2.mul(
      f64x2.convert_low_i32x4_s(v128.shuffle<i64>(sums, sums, 1, 1)),
      v128.load(inverse, 16),
    );
    offerCandidate(f64x2.extract_lane(low, 0), index, allowed & 1);
    offerCandidate(f64x2.extract_lane(low, 1), index + 1, (allowed >> 1) & 1);
    offerCandidate(f64x2.extract_lane(high, 0), index + 2, (allowed >> 2) & 1);
    offerCandidate(f64x2.extract_lane(high, 1), index + 3, (allowed >> 3) & 1);
  }
}

/**
 * @param factors - int8, `rows` × `stride`, 16-byte aligned; at least three rows may be read past
 *   the end.
 * @param query - int16, `stride` values.
 * @param bounds - float64 a block: no row of the block scores higher. 0: scan everything.
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
  bounds: usize,
  blockRows: i32,
  inverseNorms: usize,
  mask: usize,
  k: i32,
  places: i32,
  outScores: usize,
  outRows: usize,
): i32 {
  startCandidates(outScores, outRows, k, places, -Infinity);
  let threshold = i32.MIN_VALUE;
  for (let first = 0; first < rows; first += blockRows) {
    const block = <usize>(first / blockRows) << 3;
    // Rows of later blocks lose ties, so a block that can only equal the worst can be passed over.
    if (bounds != 0 && load<f64>(bounds + block) <= candidateThreshold()) continue;
    const last = min(first + blockRows, rows);
    const row = factors + <usize>first * stride;
    if (inverseNorms != 0) {
      const inverse = inverseNorms + (<usize>first << 3);
      scanBlockCosine(row, stride, query, first, last, mask, inverse);
    } else if (stride == 64) {
      threshold = scanBlock64(row, query, first, last, mask, threshold);
    } else {
      threshold = scanBlock(row, stride, query, first, last, mask, threshold);
    }
  }
  return finishSorted();
}
