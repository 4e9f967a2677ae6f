/**
 * @module
 * The k best (score, row) pairs so far, as a heap in the caller's memory with the worst at its
 * root; equal scores by ascending row, in whatever order they are offered.
 */

let scores: usize = 0;
let rows: usize = 0;
let capacity: i32 = 0;
let size: i32 = 0;

// A score that is worse, or equal and of a later row, must sink: that is what settles ties.
// @ts-ignore: decorator
@inline
export function worse(scoreA: f64, rowA: i32, scoreB: f64, rowB: i32): bool {
  return scoreA < scoreB || (scoreA == scoreB && rowA > rowB);
}

// @ts-ignore: decorator
@inline
function put(index: i32, score: f64, row: i32): void {
  store<f64>(scores + (<usize>index << 3), score);
  store<i32>(rows + (<usize>index << 2), row);
}

function siftDown(count: i32, score: f64, row: i32): void {
  let index = 0;
  while (true) {
    let child = (index << 1) + 1;
    if (child >= count) break;
    let childScore = load<f64>(scores + (<usize>child << 3));
    let childRow = load<i32>(rows + (<usize>child << 2));
    if (child + 1 < count) {
      const rightScore = load<f64>(scores + (<usize>(child + 1) << 3));
      const rightRow = load<i32>(rows + (<usize>(child + 1) << 2));
      if (worse(rightScore, rightRow, childScore, childRow)) {
        child += 1;
        childScore = rightScore;
        childRow = rightRow;
      }
    }
    if (!worse(childScore, childRow, score, row)) break;
    put(index, childScore, childRow);
    index = child;
  }
  put(index, score, row);
}

function siftUp(score: f64, row: i32): void {
  let index = size;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    const parentScore = load<f64>(scores + (<usize>parent << 3));
    const parentRow = load<i32>(rows + (<usize>parent << 2));
    if (!worse(score, row, parentScore, parentRow)) break;
    put(index, parentScore, parentRow);
    index = parent;
  }
  put(index, score, row);
}

/** @param outScores - float64, k values. @param outRows - int32, k values. */
export function startBest(outScores: usize, outRows: usize, k: i32): void {
  scores = outScores;
  rows = outRows;
  capacity = k;
  size = 0;
}

/** Whether what is offered now must be better than the worst, which stands at the root. */
// @ts-ignore: decorator
@inline
export function isFull(): bool {
  return size == capacity;
}

export function offerBest(score: f64, row: i32): void {
  if (size < capacity) {
    siftUp(score, row);
    size += 1;
  } else if (worse(load<f64>(scores), load<i32>(rows), score, row)) {
    siftDown(capacity, score, row);
  }
}

/** Sorts in place, best first. @returns how many there are. */
export function finishBest(): i32 {
  for (let count = size - 1; count > 0; count--) {
    const score = load<f64>(scores + (<usize>count << 3));
    const row = load<i32>(rows + (<usize>count << 2));
    put(count, load<f64>(scores), load<i32>(rows));
    siftDown(count, score, row);
  }
  return size;
}
