import { describe, expect, it } from 'vitest';
import { choleskyInPlace, solveCholeskyInPlace, solveUpperInPlace } from './cholesky.ts';

describe('choleskyInPlace', () => {
  it('factors a matrix whose factor is known', () => {
    // L = [[2], [1, 3], [-1, 0.5, 1.5]], so A = L·Lᵀ:
    const matrix = Float64Array.of(4, 2, -2, 2, 10, 0.5, -2, 0.5, 3.5);
    choleskyInPlace(matrix, 3);
    const lower = [matrix[0], matrix[3], matrix[4], matrix[6], matrix[7], matrix[8]];
    expect(lower).toEqual([2, 1, 3, -1, 0.5, 1.5]);
  });

  it('reads the lower triangle only', () => {
    const matrix = Float64Array.of(4, NaN, 2, 10);
    choleskyInPlace(matrix, 2);
    expect([matrix[0], matrix[2], matrix[3]]).toEqual([2, 1, 3]);
  });

  it.each([
    ['indefinite', [1, 2, 2, 1]],
    ['zero', [0, 0, 0, 0]],
    ['not a number', [NaN, 0, 0, 1]],
    ['infinite', [Infinity, 0, 0, 1]],
  ])('refuses a matrix that is %s', (_, values) => {
    expect(() => choleskyInPlace(Float64Array.from(values), 2)).toThrow(/pivot [01] of 2/);
  });
});

describe('solving', () => {
  const lower = Float64Array.of(2, 0, 1, 3);

  it('solves A·x = b', () => {
    const vector = Float64Array.of(4 * 5 + 2 * 7, 2 * 5 + 10 * 7);
    solveCholeskyInPlace(lower, 2, vector);
    expect([...vector]).toEqual([5, 7]);
  });

  it('solves Lᵀ·x = b', () => {
    const vector = Float64Array.of(2 * 5 + 1 * 7, 3 * 7);
    solveUpperInPlace(lower, 2, vector);
    expect([...vector]).toEqual([5, 7]);
  });
});
