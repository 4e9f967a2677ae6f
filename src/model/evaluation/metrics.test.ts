import { describe, expect, it } from 'vitest';
import { ndcgAt, recallAt } from './metrics.ts';

const targets = (...items: number[]) => Int32Array.from(items);

describe('recallAt', () => {
  it('counts hits over targets while the list could hold them all', () => {
    // 7 and 3 of the four targets stand in the list.
    expect(recallAt(5).of([7, 1, 3, 2, 5], targets(3, 7, 8, 9))).toBe(2 / 4);
  });

  it('counts hits over the list length when there are more targets', () => {
    expect(recallAt(2).of([1, 9], targets(1, 2, 3, 4))).toBe(1 / 2);
    expect(recallAt(2).of([1, 2], targets(1, 2, 3, 4))).toBe(1);
  });

  it('does not look past its length, and takes short lists', () => {
    expect(recallAt(2).of([5, 6, 1], targets(1))).toBe(0);
    expect(recallAt(20).of([1], targets(1, 2))).toBe(1 / 2);
    expect(recallAt(20).of([], targets(1))).toBe(0);
  });
});

describe('ndcgAt', () => {
  it('discounts by rank', () => {
    // Hits at ranks 0 and 2: 1/log2(2) + 1/log2(4) = 1.5; best: 1/log2(2) + 1/log2(3).
    const best = 1 + 1 / Math.log2(3);
    expect(ndcgAt(20).of([4, 0, 6], targets(4, 6))).toBeCloseTo(1.5 / best, 12);
  });

  it('is 1 for the best list and 0 without a hit', () => {
    expect(ndcgAt(3).of([1, 2, 3], targets(1, 2, 3, 4, 5))).toBeCloseTo(1, 12);
    expect(ndcgAt(3).of([2, 1], targets(1, 2))).toBeCloseTo(1, 12);
    expect(ndcgAt(3).of([7, 8, 9], targets(1))).toBe(0);
  });

  it('does not look past its length', () => {
    expect(ndcgAt(2).of([7, 8, 1], targets(1))).toBe(0);
  });
});
