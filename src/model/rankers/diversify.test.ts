import { describe, expect, it } from 'vitest';
import { itemFactors } from '../testing/itemFactors.ts';
import { createCategoryCap } from '../rules/categoryCap.ts';
import { diversify } from './diversify.ts';

/** Two along the first axis, one along the second, one of zeros. */
const FACTORS = itemFactors([
  [10, 0],
  [9, 1],
  [0, 8],
  [0, 0],
]);
const ROWS = Int32Array.of(0, 1, 2, 3);
const SCORES = Float64Array.of(1, 0.9, 0.5, 0.1);

describe('diversify', () => {
  it('keeps the order at 0', () => {
    expect(diversify(FACTORS, ROWS, SCORES, 3, 0)).toEqual([0, 1, 2]);
  });

  it('passes over what repeats the first pick', () => {
    expect(diversify(FACTORS, ROWS, SCORES, 2, 0.5)).toEqual([0, 2]);
  });

  it('weighs relevance against likeness as the paper says', () => {
    // Relevance of 1 and 2 by score: 0.889 and 0.444; their cosine with 0: 0.994 and 0. At δ the
    // two tie where (1 − δ)·(0.889 − 0.444) = δ·0.994, which is δ = 0.309.
    expect(diversify(FACTORS, ROWS, SCORES, 2, 0.3)).toEqual([0, 1]);
    expect(diversify(FACTORS, ROWS, SCORES, 2, 0.32)).toEqual([0, 2]);
  });

  it('gives every candidate once, equal scores and rows of zeros included', () => {
    const level = Float64Array.of(1, 1, 1, 1);
    expect(diversify(FACTORS, ROWS, level, 10, 1).toSorted()).toEqual([0, 1, 2, 3]);
  });

  it.each([0, 0.5])('keeps to a cap by category at δ = %f, and picks on past it', (diversity) => {
    const categories = [['a'], ['a'], ['a'], ['b']];
    const capped = (max: number) => {
      const cap = createCategoryCap({ categories }, max);
      return diversify(FACTORS, ROWS, SCORES, 4, diversity, cap);
    };
    expect(capped(1)).toEqual([0, 3]);
    expect(capped(2)).toHaveLength(3);
    expect(capped(2)).toContain(3);
    expect(capped(3)).toHaveLength(4);
  });

  it('gives nothing of nothing', () => {
    expect(diversify(FACTORS, new Int32Array(0), new Float64Array(0), 5, 0.5)).toEqual([]);
  });
});
