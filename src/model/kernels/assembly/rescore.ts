/**
 * @module
 * Second stage: the candidates by the exact sums of their int8 rows.
 */
import { addCandidate, finishSorted, startCandidates } from './candidates';
import { dotRow } from './dotRows';

function squaredNorm(row: usize, stride: usize): i32 {
  let sum = i32x4.splat(0);
  for (let f: usize = 0; f < stride; f += 16) {
    const values = v128.load(row + f);
    const low = i16x8.extend_low_i8x16_s(values);
    const high = i16x8.extend_high_i8x16_s(values);
    sum = i32x4.add(sum, i32x4.dot_i16x8_s(low, low));
    sum = i32x4.add(sum, i32x4.dot_i16x8_s(high, high));
  }
  return (
    i32x4.extract_lane(sum, 0) +
    i32x4.extract_lane(sum, 1) +
    i32x4.extract_lane(sum, 2) +
    i32x4.extract_lane(sum, 3)
  );
}

/**
 * Second stage: the k best of the candidates by the exact integer sum; for the cosine, times the
 * inverse of the row's norm.
 *
 * @param factors - int8, rows × `stride`, 16-byte aligned. @param query - int16, `stride` values.
 * @param candidates - int32, `count` rows in any order.
 * @param outScores - float64, `count` + 1 places. @param outRows - int32, as many: best first.
 * @returns how many were found.
 */
export function rescore(
  factors: usize,
  stride: usize,
  query: usize,
  cosine: bool,
  candidates: usize,
  count: i32,
  k: i32,
  outScores: usize,
  outRows: usize,
): i32 {
  // Candidates come in no order, so ties are not settled until all are there.
  startCandidates(outScores, outRows, k, count, -Infinity);
  for (let index = 0; index < count; index++) {
    const row = load<i32>(candidates + (<usize>index << 2));
    const at = factors + <usize>row * stride;
    let score = <f64>dotRow(at, query, stride);
    if (cosine) {
      const squares = squaredNorm(at, stride);
      score *= squares == 0 ? 0 : 1 / Math.sqrt(<f64>squares);
    }
    addCandidate(score, row);
  }
  return finishSorted();
}
