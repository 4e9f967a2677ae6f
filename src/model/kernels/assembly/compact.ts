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
} from './candidates';
import { dotRow } from './dotRows';

const GROUP_ROWS: i32 = 32;
/** Groups that share one threshold. */
const RUN_GROUPS: i32 = 8;
const RUN_ROWS: i32 = RUN_GROUPS * GROUP_ROWS;

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
 * The sums of a group's 32 rows, int8, to `sums`.
 * @returns a bit for each row whose sum is at least `least`.
 */
// @ts-ignore: decorator
@inline
function sumGroup(codes: usize, tables: usize, end: usize, least: v128, sums: usize): u32 {
  let low = i8x16.splat(0);
  let high = i8x16.splat(0);
  for (; tables < end; codes += 16, tables += 16) {
    const both = v128.load(codes);
    const table = v128.load(tables);
    low = i8x16.add_sat_s(low, lookUpLow(table, both));
    high = i8x16.add_sat_s(high, lookUpHigh(table, both));
  }
  v128.store(sums, low);
  v128.store(sums, high, 16);
  return (
    <u32>i8x16.bitmask(i8x16.ge_s(low, least)) | (<u32>i8x16.bitmask(i8x16.ge_s(high, least)) << 16)
  );
}

/**
 * The sums of a run's first `groups` groups, int8, to `sums`, and after 256 of them, for each
 * group, a bit for each of its rows whose sum is at least `least`.
 */
function sumRun(
  codes: usize,
  bytes: usize,
  tables: usize,
  groups: usize,
  least: i32,
  sums: usize,
): void {
  const leasts = i8x16.splat(<i8>least);
  for (let group: usize = 0; group < groups; group++, codes += bytes) {
    const rowsFrom = sumGroup(codes, tables, tables + bytes, leasts, sums + (group << 5));
    store<u32>(sums + (group << 2), rowsFrom, RUN_ROWS);
  }
}

/** The largest of a run's eight float64. */
function largestOfRun(at: usize): f64 {
  const half = f64x2.max(
    f64x2.max(v128.load(at), v128.load(at, 16)),
    f64x2.max(v128.load(at, 32), v128.load(at, 48)),
  );
  return max(f64x2.extract_lane(half, 0), f64x2.extract_lane(half, 1));
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

/**
 * Offers every row; parameters as `scan`'s.
 *
 * A run is summed before any of its rows is offered, and without a branch on what they sum to, which
 * no processor could guess.
 */
function scanRuns(
  codes: usize,
  rows: i32,
  subspaces: i32,
  tables: usize,
  unit: f64,
  bias: f64,
  gains: usize,
  norms: usize,
  reach: f64,
  mask: usize,
  scratch: usize,
): void {
  const bytes = <usize>subspaces << 4;
  for (let run = 0; run < rows; run += RUN_ROWS) {
    const groups = (<usize>run >> 5) << 3;
    const threshold = candidateThreshold();
    if (norms != 0 && reach * largestOfRun(norms + groups) <= threshold) continue;
    let least = -128;
    if (threshold >= 0) {
      // One below: the quotients round, and the exact comparison comes after.
      const exact = (threshold / largestOfRun(gains + groups) - bias) / unit - 1;
      if (exact >= 127) continue;
      if (exact > -129) least = <i32>Math.floor(exact) + 1;
    }
    const count = min((rows - run + GROUP_ROWS - 1) >> 5, RUN_GROUPS);
    sumRun(codes + <usize>(run >> 5) * bytes, bytes, tables, count, least, scratch);
    for (let group = 0; group < count; group++) {
      let left = load<u32>(scratch + (<usize>group << 2), RUN_ROWS);
      if (left == 0) continue;
      const first = run + group * GROUP_ROWS;
      const at = groups + (<usize>group << 3);
      const gain = load<f64>(gains + at);
      const bound = norms != 0 ? reach * load<f64>(norms + at) : Infinity;
      if (rows - first < GROUP_ROWS) left &= (<u32>1 << (rows - first)) - 1;
      if (mask != 0) left &= ~load<u32>(mask + (<usize>first >> 3));
      while (left != 0) {
        const row = first + <i32>ctz(left);
        left &= left - 1;
        const sum = <f64>load<i8>(scratch + <usize>(row - run));
        addCandidate(min((unit * sum + bias) * gain, bound), row);
      }
    }
  }
}

/**
 * The sum that about `wanted` rows of every sixteenth run reach.
 * @param sums - int8, a place a row of them.
 */
function sampleSum(codes: usize, rows: i32, bytes: usize, tables: usize, wanted: i32, sums: usize): i32 {
  let end = sums;
  for (let run = 0; run + RUN_ROWS <= rows; run += RUN_ROWS * SAMPLE_STEP, end += RUN_ROWS) {
    sumRun(codes + <usize>(run >> 5) * bytes, bytes, tables, RUN_GROUPS, 0, end);
  }
  let low = -128;
  let high = 127;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    const least = i8x16.splat(<i8>middle);
    let count = 0;
    for (let at = sums; at < end; at += 16) {
      count += popcnt(i8x16.bitmask(i8x16.ge_s(v128.load(at), least)));
    }
    if (count >= wanted) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * First stage: the `count` rows with the largest min(gain × (unit × Σ table[code] + bias), reach × norm).
 *
 * Of many rows alike a sample goes first. What half again as many as `count` should reach, as it
 * seems from there, is where the scan proper begins: hardly a row is noted that does not stay. Where
 * it was too much, which costs a second scan, and never a row, fewer than `count` are found.
 *
 * @param codes - 4-bit codes of `rows` rows. @param tables - int8, subspaces × 16.
 * @param gains - float64 a group of 32 rows, and 0 for those that a last run of 8 has too few of.
 * @param areFlat - gains differ little.
 * @param norms - so too: a group's largest; no row scores more than `reach` times that. 0: no
 * bound.
 * @param mask - a set bit keeps its row out. 0: none.
 * @param scratch - 288 bytes; with `areFlat`, at least 1 in 16 of `rows` and 256.
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
  areFlat: bool,
  norms: usize,
  reach: f64,
  mask: usize,
  count: i32,
  scratch: usize,
  bufferScores: usize,
  bufferRows: usize,
): i32 {
  let least = -Infinity;
  if (areFlat && rows / SAMPLED_FROM > count) {
    const wanted = (count + (count >> 1)) / SAMPLE_STEP + 8;
    const sum = sampleSum(codes, rows, <usize>subspaces << 4, tables, wanted, scratch);
    least = (unit * (<f64>sum - 0.5) + bias) * largestOfRun(gains);
  }
  while (true) {
    startCandidates(bufferScores, bufferRows, count, count << 1, least);
    scanRuns(codes, rows, subspaces, tables, unit, bias, gains, norms, reach, mask, scratch);
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
