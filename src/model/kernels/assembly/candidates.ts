/**
 * @module
 * A few hundred candidates of a scan: pairs of score and row are appended, and once the buffer is
 * full the better half is kept. Appending costs a store; a heap would cost a path to its root.
 *
 * What is kept is fixed by score and row alone (equal scores by ascending row), never by the order
 * in which halves were thrown away.
 */
let scores: usize = 0;
let rows: usize = 0;
let wanted: i32 = 0;
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
 * Quickselect: afterwards the `wanted` best stand first, the worst of them at their end.
 *
 * Which side of the pivot a candidate falls on is a coin toss that no processor predicts, so the
 * partition has no branch: every candidate is swapped, and the border moves by 0 or 1.
 */
function select(): void {
  let low = 0;
  let high = size - 1;
  const target = wanted - 1;
  while (low < high) {
    swap((low + high) >> 1, high);
    const pivotScore = scoreAt(high);
    const pivotRow = rowAt(high);
    let border = low;
    for (let index = low; index < high; index++) {
      const score = scoreAt(index);
      const row = rowAt(index);
      const isBetter =
        i32(score > pivotScore) | (i32(score == pivotScore) & i32(row < pivotRow));
      put(index, scoreAt(border), rowAt(border));
      put(border, score, row);
      border += isBetter;
    }
    swap(border, high);
    if (border == target) return;
    if (border > target) high = border - 1;
    else low = border + 1;
  }
}

/** @param bufferScores, bufferRows - 2 × count places. */
export function startCandidates(bufferScores: usize, bufferRows: usize, count: i32): void {
  scores = bufferScores;
  rows = bufferRows;
  wanted = count;
  size = 0;
  threshold = -Infinity;
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
  if (score <= threshold) return;
  put(size, score, row);
  size += 1;
  if (size == wanted << 1) keepBest();
}

function keepBest(): void {
  select();
  size = wanted;
  threshold = scoreAt(wanted - 1);
}

/** @returns how many candidates there are; they stand first in the buffer, in no order. */
export function finishCandidates(): i32 {
  if (size > wanted) keepBest();
  return size;
}
