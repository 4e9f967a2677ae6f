/**
 * @module
 * A few hundred candidates of a scan: pairs of score and row are appended, and once the buffer is
 * full the better half is kept. Appending costs a store; a heap would cost a path to its root.
 *
 * What is kept is fixed by score and row alone (equal scores by ascending row), never by the order
 * in which halves were thrown away.
 */
import { worse } from './bestList';

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

function swap(a: i32, b: i32): void {
  const score = scoreAt(a);
  const row = rowAt(a);
  store<f64>(scores + (<usize>a << 3), scoreAt(b));
  store<i32>(rows + (<usize>a << 2), rowAt(b));
  store<f64>(scores + (<usize>b << 3), score);
  store<i32>(rows + (<usize>b << 2), row);
}

/** Hoare's selection: afterwards the `wanted` best stand first, the worst of them at the end. */
function select(): void {
  let low = 0;
  let high = size - 1;
  const target = wanted - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    const pivotScore = scoreAt(middle);
    const pivotRow = rowAt(middle);
    let left = low;
    let right = high;
    while (left <= right) {
      while (worse(pivotScore, pivotRow, scoreAt(left), rowAt(left))) left++;
      while (worse(scoreAt(right), rowAt(right), pivotScore, pivotRow)) right--;
      if (left <= right) {
        swap(left, right);
        left++;
        right--;
      }
    }
    if (target <= right) high = right;
    else if (target >= left) low = left;
    else return;
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
  store<f64>(scores + (<usize>size << 3), score);
  store<i32>(rows + (<usize>size << 2), row);
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
