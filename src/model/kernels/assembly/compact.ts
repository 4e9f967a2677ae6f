/**
 * @module
 * Two-stage scan over compact codes: 4-bit codes of all rows by table look-up in registers, then
 * the int8 rows of a few hundred candidates exactly.
 *
 * Memory is laid out by `kernels/compactKernel.ts`, codes by
 * `retrieval/compact/layout.ts`. The readable twin is `retrieval/compact/reference.ts`.
 */
import {
  addCandidate,
  candidateThreshold,
  finishCandidates,
  finishSorted,
  SAMPLE_STEP,
  SAMPLED_FROM,
  startCandidates,
  worstCandidate,
} from './candidates';
import { dotRow } from './dotRows';

/** Tables summed in int8 before the sum is widened; as in `retrieval/compact/tables.ts`. */
const TABLES_PER_SUM: i32 = 8;
const GROUP_ROWS: i32 = 32;

// Indexes are below 16, where both instructions say the same; the relaxed one saves x86 a step.
// @ts-ignore: decorator
@inline
function lookUp(table: v128, indexes: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD
    ? i8x16.relaxed_swizzle(table, indexes)
    : i8x16.swizzle(table, indexes);
}

// @ts-ignore: decorator
@inline
function lookUpLow(table: v128, codes: v128): v128 {
  return lookUp(table, v128.and(codes, i8x16.splat(0x0f)));
}

// @ts-ignore: decorator
@inline
function lookUpHigh(table: v128, codes: v128): v128 {
  return lookUp(table, v128.and(i16x8.shr_u(codes, 4), i8x16.splat(0x0f)));
}

/**
 * A bit for each of a group's 32 rows whose sum is above `floor`.
 * @param sums - int16, one a row; overwritten where a bit is set.
 */
// @ts-ignore: decorator
@inline
function rowsAbove(codes: usize, tables: usize, subspaces: i32, floor: i32, sums: usize): u32 {
  let a = i16x8.splat(0);
  let b = i16x8.splat(0);
  let c = i16x8.splat(0);
  let d = i16x8.splat(0);
  let subspace = 0;
  // Written out: a loop's counting would cost a quarter of it.
  for (; subspace + TABLES_PER_SUM <= subspaces; subspace += TABLES_PER_SUM) {
    let both = v128.load(codes);
    let table = v128.load(tables);
    let low = lookUpLow(table, both);
    let high = lookUpHigh(table, both);
    both = v128.load(codes, 16);
    table = v128.load(tables, 16);
    low = i8x16.add(low, lookUpLow(table, both));
    high = i8x16.add(high, lookUpHigh(table, both));
    both = v128.load(codes, 32);
    table = v128.load(tables, 32);
    low = i8x16.add(low, lookUpLow(table, both));
    high = i8x16.add(high, lookUpHigh(table, both));
    both = v128.load(codes, 48);
    table = v128.load(tables, 48);
    low = i8x16.add(low, lookUpLow(table, both));
    high = i8x16.add(high, lookUpHigh(table, both));
    both = v128.load(codes, 64);
    table = v128.load(tables, 64);
    low = i8x16.add(low, lookUpLow(table, both));
    high = i8x16.add(high, lookUpHigh(table, both));
    both = v128.load(codes, 80);
    table = v128.load(tables, 80);
    low = i8x16.add(low, lookUpLow(table, both));
    high = i8x16.add(high, lookUpHigh(table, both));
    both = v128.load(codes, 96);
    table = v128.load(tables, 96);
    low = i8x16.add(low, lookUpLow(table, both));
    high = i8x16.add(high, lookUpHigh(table, both));
    both = v128.load(codes, 112);
    table = v128.load(tables, 112);
    low = i8x16.add(low, lookUpLow(table, both));
    high = i8x16.add(high, lookUpHigh(table, both));
    a = i16x8.add(a, i16x8.extend_low_i8x16_s(low));
    b = i16x8.add(b, i16x8.extend_high_i8x16_s(low));
    c = i16x8.add(c, i16x8.extend_low_i8x16_s(high));
    d = i16x8.add(d, i16x8.extend_high_i8x16_s(high));
    codes += 128;
    tables += 128;
  }
  if (subspace < subspaces) {
    let low = i8x16.splat(0);
    let high = i8x16.splat(0);
    for (; subspace < subspaces; subspace++, codes += 16, tables += 16) {
      const both = v128.load(codes);
      const table = v128.load(tables);
      low = i8x16.add(low, lookUpLow(table, both));
      high = i8x16.add(high, lookUpHigh(table, both));
    }
    a = i16x8.add(a, i16x8.extend_low_i8x16_s(low));
    b = i16x8.add(b, i16x8.extend_high_i8x16_s(low));
    c = i16x8.add(c, i16x8.extend_low_i8x16_s(high));
    d = i16x8.add(d, i16x8.extend_high_i8x16_s(high));
  }
  const least = i16x8.splat(<i16>floor);
  const low = i8x16.narrow_i16x8_s(i16x8.gt_s(a, least), i16x8.gt_s(b, least));
  const high = i8x16.narrow_i16x8_s(i16x8.gt_s(c, least), i16x8.gt_s(d, least));
  if (!v128.any_true(v128.or(low, high))) return 0;
  v128.store(sums, a);
  v128.store(sums, b, 16);
  v128.store(sums, c, 32);
  v128.store(sums, d, 48);
  return <u32>i8x16.bitmask(low) | (<u32>i8x16.bitmask(high) << 16);
}

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

/** Below every sum: see `retrieval/compact/tables.ts`. */
const LEAST_SUM: i32 = -32768;

/** Offers every row of every `step`-th group; parameters as `scan`'s. */
function scanGroups(
  step: i32,
  codes: usize,
  rows: i32,
  subspaces: i32,
  tables: usize,
  unit: f64,
  bias: f64,
  gains: usize,
  inverseGains: usize,
  norms: usize,
  reach: f64,
  mask: usize,
  sums: usize,
): void {
  const stepRows = GROUP_ROWS * step;
  const stepBytes = <usize>(subspaces * step) << 4;
  const inverseUnit = 1 / unit;
  for (let first = 0; first < rows; first += stepRows, codes += stepBytes) {
    const group = (<usize>first >> 5) << 3;
    const bound = norms != 0 ? reach * load<f64>(norms + group) : Infinity;
    const threshold = candidateThreshold();
    if (bound <= threshold) continue;
    const gain = load<f64>(gains + group);
    let floor = LEAST_SUM;
    if (gain > 0 && threshold > -Infinity) {
      // One below: the products round, and the exact comparison comes after.
      const exact = (threshold * load<f64>(inverseGains + group) - bias) * inverseUnit - 1;
      if (exact >= 32767) continue;
      if (exact > -32768) floor = <i32>Math.floor(exact);
    }
    let left = rowsAbove(codes, tables, subspaces, floor, sums);
    if (left == 0) continue;
    if (rows - first < GROUP_ROWS) left &= (<u32>1 << (rows - first)) - 1;
    if (mask != 0) left &= ~load<u32>(mask + (<usize>first >> 3));
    while (left != 0) {
      const lane = <usize>ctz(left);
      left &= left - 1;
      const sum = <f64>load<i16>(sums + (lane << 1));
      addCandidate(min((unit * sum + bias) * gain, bound), first + <i32>lane);
    }
  }
}

/**
 * First stage: the `count` rows with the largest min(gain × (unit × Σ table[code] + bias), reach × norm).
 *
 * Of many rows a sample goes first. What about twice `count` rows should exceed, as it seems from
 * there, is where the scan proper begins: hardly a row is noted that does not stay. Where it was too
 * much, which costs a second scan, and never a row, fewer than `count` are found.
 *
 * @param codes - 4-bit codes of `rows` rows. @param tables - int8, subspaces × 16.
 * @param gains - float64 a group of 32 rows. @param inverseGains - 1 / gain; 0 where that is 0.
 * @param norms - float64 a group: its largest; no row scores more than `reach` times that. 0: no
 * bound.
 * @param mask - a set bit keeps its row out. 0: none.
 * @param sums - 64 bytes of scratch.
 * @param bufferScores, bufferRows - 2 × count + 1 places.
 * @returns how many candidates stand in the buffer.
 */
export function scan(
  codes: usize,
  rows: i32,
  subspaces: i32,
  tables: usize,
  unit: f64,
  bias: f64,
  gains: usize,
  inverseGains: usize,
  norms: usize,
  reach: f64,
  mask: usize,
  count: i32,
  sums: usize,
  bufferScores: usize,
  bufferRows: usize,
): i32 {
  let least = -Infinity;
  if (rows / SAMPLED_FROM > count) {
    const sampled = (count << 1) / SAMPLE_STEP + 8;
    startCandidates(bufferScores, bufferRows, sampled, sampled << 1, least);
    scanGroups(SAMPLE_STEP, codes, rows, subspaces, tables, unit, bias, gains, inverseGains, norms, reach, mask, sums);
    least = worstCandidate();
  }
  while (true) {
    startCandidates(bufferScores, bufferRows, count, count << 1, least);
    scanGroups(1, codes, rows, subspaces, tables, unit, bias, gains, inverseGains, norms, reach, mask, sums);
    const found = finishCandidates();
    if (found == count || least == -Infinity) return found;
    least = -Infinity;
  }
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
