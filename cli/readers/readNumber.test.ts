import { describe, expect, it } from 'vitest';
import { readNumber } from './readNumber.ts';

describe('readNumber', () => {
  it.each<[unknown, number]>([
    ['1.5', 1.5],
    [' 2 ', 2],
    [3n, 3],
    ['30,18', 30.18],
    ['-0,125', -0.125],
    ['1.234,56', 1234.56],
    ['1 234,56', 1234.56],
    ['1,234', 1234],
    ['1,234.56', 1234.56],
    ["1'234.50", 1234.5],
    ['30,18 €', 30.18],
    ['EUR 1.234,56', 1234.56],
    ['$5', 5],
    ['15.00 EUR', 15],
    ['1e5', 1e5],
    ['', NaN],
    ['€', NaN],
    [null, NaN],
    ['two', NaN],
    ['1,2,3', NaN],
    ['1.2.3', NaN],
    ['12 pieces', NaN],
  ])('reads %s', (value, expected) => {
    expect(readNumber(value)).toBe(expected);
  });
});
