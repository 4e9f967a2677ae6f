/**
 * @module
 * First stage over compact codes: the candidates, by what their 4-bit codes sum to.
 */
import {
  addCandidate,
  candidateThreshold,
  finishCandidates,
  SAMPLE_STEP,
  SAMPLED_FROM,
  startCandidates,
} from './candidates';
import { GROUP_ROWS, RUN_GROUPS, RUN_ROWS, sumRun } from './codeSums';

/** The largest of a run's eight float64. */
function largestOfRun(at: usize): f64 {
  const half = f64x2.max(
    f64x2.max(v128.load(at), v128.load(at, 16)),
    f64x2.max(v128.load(at, 32), v128.load(at, 48)),
  );
  return max(f64x2.extract_lane(half, 0), f64x2.extract_lane(half, 1));
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
