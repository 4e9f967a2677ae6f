import { describe, expect, it } from 'vitest';
import { createCategoryCap } from './categoryCap.ts';
import { isMasked } from './mask.ts';

const CATALOGUE = {
  categories: [['Tea'], ['Garden'], ['Tea', 'Gifts'], 'Garden', null, ['Tea', 'Tea'], ['Gifts']],
};

describe('a cap by category', () => {
  it('admits until a category is full', () => {
    const cap = createCategoryCap(CATALOGUE, 1);
    cap?.add(0);
    expect([1, 2, 3, 4, 5, 6].map((row) => cap?.admits(row))).toEqual([
      true,
      false,
      true,
      true,
      false,
      true,
    ]);
  });

  it('counts an item in each of its categories, once in each', () => {
    const cap = createCategoryCap(CATALOGUE, 2);
    cap?.add(2);
    expect(cap?.admits(6)).toBe(true);
    cap?.add(5);
    expect(cap?.admits(0)).toBe(false);
    cap?.add(6);
    expect(cap?.admits(6)).toBe(false);
    expect(cap?.admits(1)).toBe(true);
  });

  it('never caps what has no category', () => {
    const cap = createCategoryCap(CATALOGUE, 1);
    for (let time = 0; time < 5; time++) cap?.add(4);
    expect(cap?.admits(4)).toBe(true);
  });

  it('masks what has no place any more, and only adds to the mask', () => {
    const cap = createCategoryCap(CATALOGUE, 1);
    cap?.add(1);
    const mask = Uint8Array.of(0b0100_0000);
    cap?.maskFull(mask);
    expect([0, 1, 2, 3, 4, 5, 6].filter((row) => isMasked(mask, row))).toEqual([1, 3, 6]);
  });

  it('is none without a bound or without categories', () => {
    expect(createCategoryCap(CATALOGUE, undefined)).toBeNull();
    expect(createCategoryCap(CATALOGUE, 1000)).toBeNull();
    expect(createCategoryCap({ title: ['a'] }, 1)).toBeNull();
  });
});
