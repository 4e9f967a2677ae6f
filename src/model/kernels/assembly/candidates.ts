/**
 * @module
 * The best of a scan, in the caller's memory: pairs of score and row are appended, and once the
 * buffer is full the wanted ones are kept. Appending costs a store; a heap would cost a path to its
 * root, at every step of which the processor guesses.
 *
 * What is kept is fixed by score and row alone (equal scores by ascending row), never by the order
 * in which the rest was thrown away.
 */

/** Of many rows alike a sample goes first, every so many groups; what it finds sets the threshold. */
export const SAMPLE_STEP: i32 = 16;
/** With fewer rows for each candidate, the sample would cost more than it spares. */
export const SAMPLED_FROM: i32 = 64;

let scores: usize = 0;
let rows: usize = 0;
let wanted: i32 = 0;
let capacity: i32 = 0;
let size: i32 = 0;
let threshold: f64 = -Infinity;

// @ts-ignore: decorator
@inline
function scoreAt(index: i32): f64 {
  return load<f64>(scores + (<usize>index << 3));
}

// @ts-ignore: decorator
@inline
function rowAt(index: i32): i32 {
  return load<i32>(rows + (<usize>index << 2));
}

// @ts-ignore: decorator
@inline
function put(index: i32, score: f64, row: i32): void {
  store<f64>(scores + (<usize>index << 3), score);
  store<i32>(rows + (<usize>index << 2), row);
}

function swap(a: i32, b: i32): void {
  const score = scoreAt(a);
  const row = rowAt(a);
  put(a, scoreAt(b), rowAt(b));
  put(b, score, row);
}

/**
 * What is better than a pivot goes before it. @returns where the pivot then stands.
 *
 * Which side a candidate falls on is a coin toss that no processor predicts, so there is no branch:
 * every candidate is swapped, and the border moves by 0 or 1.
 */
function partition(low: i32, high: i32): i32 {
  swap((low + high) >> 1, high);
  const pivotScore = scoreAt(high);
  const pivotRow = rowAt(high);
  let border = low;
  for (let index = low; index < high; index++) {
    const score = scoreAt(index);
    const row = rowAt(index);
    const isBetter = i32(score > pivotScore) | (i32(score == pivotScore) & i32(row < pivotRow));
    put(index, scoreAt(border), rowAt(border));
    put(border, score, row);
    border += isBetter;
  }
  swap(border, high);
  return border;
}

/** Quickselect: afterwards the `wanted` best stand first, the worst of them at their end. */
function select(): void {
  let low = 0;
  let high = size - 1;
  const target = wanted - 1;
  while (low < high) {
    const border = partition(low, high);
    if (border == target) return;
    if (border > target) high = border - 1;
    else low = border + 1;
  }
}

/** Quicksort, best first; the shorter side by recursion, so that its depth is a logarithm. */
function sort(low: i32, high: i32): void {
  while (low < high) {
    const border = partition(low, high);
    if (border - low < high - border) {
      sort(low, border - 1);
      low = border + 1;
    } else {
      sort(border + 1, high);
      high = border - 1;
    }
  }
}

/**
 * @param count - how many are wanted.
 * @param most - places in use before the rest is thrown away; more than `count`, or as many as will
 * ever be offered.
 * @param least - what scores no more than this does not count.
 * @param bufferScores - float64, `most` + 1 places. @param bufferRows - int32, as many.
 */
export function startCandidates(
  bufferScores: usize,
  bufferRows: usize,
  count: i32,
  most: i32,
  least: f64,
): void {
  scores = bufferScores;
  rows = bufferRows;
  wanted = count;
  capacity = most;
  size = 0;
  threshold = least;
}

/** A later row must score more than this. */
// @ts-ignore: decorator
@inline
export function candidateThreshold(): f64 {
  return threshold;
}

/** Rows must come in ascending order. */
// @ts-ignore: decorator
@inline
export function addCandidate(score: f64, row: i32): void {
  offerCandidate(score, row, 1);
}

/** The same where `isAllowed` is 1; where it is 0, nothing. No branch depends on either. */
// @ts-ignore: decorator
@inline
export function offerCandidate(score: f64, row: i32, isAllowed: i32): void {
  put(size, score, row);
  size += i32(score > threshold) & isAllowed;
  if (size == capacity) keepBest();
}

function keepBest(): void {
  if (size <= wanted) return;
  select();
  size = wanted;
  threshold = scoreAt(wanted - 1);
}

/** @returns how many candidates there are; they stand first in the buffer, in no order. */
export function finishCandidates(): i32 {
  keepBest();
  return size;
}

/** The score of the last of those wanted; −∞ where there are fewer. */
export function worstCandidate(): f64 {
  if (finishCandidates() < wanted) return -Infinity;
  select();
  return scoreAt(wanted - 1);
}

/** As `finishCandidates`, best first. */
export function finishSorted(): i32 {
  keepBest();
  sort(0, size - 1);
  return size;
}
