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

import { finishBest, isFull, offerBest, startBest } from './bestList';

/** Four rows' inner products with the query, one in each lane. */
// @ts-ignore: decorator
@inline
function dotFour(row: usize, stride: usize, query: usize): v128 {
  let sum0 = i32x4.splat(0);
  let sum1 = i32x4.splat(0);
  let sum2 = i32x4.splat(0);
  let sum3 = i32x4.splat(0);
  for (let f: usize = 0; f < stride; f += 16) {
    const low = v128.load(query + (f << 1));
    const high = v128.load(query + (f << 1), 16);
    const row0 = v128.load(row + f);
    const row1 = v128.load(row + stride + f);
    const row2 = v128.load(row + (stride << 1) + f);
    const row3 = v128.load(row + stride * 3 + f);
    sum0 = i32x4.add(sum0, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_s(row0), low));
    sum1 = i32x4.add(sum1, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_s(row1), low));
    sum2 = i32x4.add(sum2, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_s(row2), low));
    sum3 = i32x4.add(sum3, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_s(row3), low));
    sum0 = i32x4.add(sum0, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_s(row0), high));
    sum1 = i32x4.add(sum1, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_s(row1), high));
    sum2 = i32x4.add(sum2, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_s(row2), high));
    sum3 = i32x4.add(sum3, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_s(row3), high));
  }
  // Transpose and add: lane r of the result is the sum of the four lanes of row r.
  const a = v128.shuffle<i32>(sum0, sum1, 0, 4, 1, 5);
  const b = v128.shuffle<i32>(sum0, sum1, 2, 6, 3, 7);
  const c = v128.shuffle<i32>(sum2, sum3, 0, 4, 1, 5);
  const d = v128.shuffle<i32>(sum2, sum3, 2, 6, 3, 7);
  const ab = i32x4.add(a, b);
  const cd = i32x4.add(c, d);
  return i32x4.add(v128.shuffle<i64>(ab, cd, 0, 2), v128.shuffle<i64>(ab, cd, 1, 3));
}

// @ts-ignore: decorator
@inline
function offer(score: f64, row: i32, mask: usize): void {
  if (mask != 0 && (load<u8>(mask + <usize>(row >> 3)) >> <u8>(row & 7)) & 1) return;
  offerBest(score, row);
}

/**
 * @param factors - int8, `rows` × `stride`, 16-byte aligned; at least three rows may be read past
 *   the end.
 * @param query - int16, `stride` values.
 * @param bounds - float64 a block: no row of the block scores higher. 0: scan everything.
 * @param inverseNorms - float64 a row, multiplied into its score (cosine). 0: inner product.
 * @param mask - a set bit keeps its row out. 0: none.
 * @param outScores - float64, k values; @param outRows - int32, k values: best first.
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
  outScores: usize,
  outRows: usize,
): i32 {
  startBest(outScores, outRows, k);
  const step = stride << 2;
  for (let first = 0, block = 0; first < rows; first += blockRows, block++) {
    const last = min(first + blockRows, rows);
    // Rows of later blocks lose ties, so a block that can only equal the worst can be passed over.
    if (
      bounds != 0 &&
      isFull() &&
      load<f64>(bounds + (<usize>block << 3)) <= load<f64>(outScores)
    ) {
      continue;
    }
    let row = factors + <usize>first * stride;
    for (let index = first; index < last; index += 4, row += step) {
      const sums = dotFour(row, stride, query);
      if (inverseNorms == 0) {
        if (isFull()) {
          // The worst of the list, at the root of its heap.
          const threshold = i32x4.splat(<i32>load<f64>(outScores));
          if (!v128.any_true(i32x4.gt_s(sums, threshold))) continue;
        }
        offer(<f64>i32x4.extract_lane(sums, 0), index, mask);
        if (index + 1 < last) offer(<f64>i32x4.extract_lane(sums, 1), index + 1, mask);
        if (index + 2 < last) offer(<f64>i32x4.extract_lane(sums, 2), index + 2, mask);
        if (index + 3 < last) offer(<f64>i32x4.extract_lane(sums, 3), index + 3, mask);
      } else {
        const inverse = inverseNorms + (<usize>index << 3);
        offer(<f64>i32x4.extract_lane(sums, 0) * load<f64>(inverse), index, mask);
        if (index + 1 < last)
          offer(<f64>i32x4.extract_lane(sums, 1) * load<f64>(inverse, 8), index + 1, mask);
        if (index + 2 < last)
          offer(<f64>i32x4.extract_lane(sums, 2) * load<f64>(inverse, 16), index + 2, mask);
        if (index + 3 < last)
          offer(<f64>i32x4.extract_lane(sums, 3) * load<f64>(inverse, 24), index + 3, mask);
      }
    }
  }
  return finishBest();
}
