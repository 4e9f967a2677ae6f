import { describe, expect, it } from 'vitest';
import { seededRandom } from '../training/seededRandom.ts';
import { symmetricEigen } from './symmetricEigen.ts';

describe('symmetricEigen', () => {
  it('knows the answer of two by two', () => {
    const { values, vectors } = symmetricEigen(Float64Array.of(2, 1, 1, 2), 2);
    expect(values[0]).toBeCloseTo(3, 12);
    expect(values[1]).toBeCloseTo(1, 12);
    const half = Math.SQRT1_2;
    expect(vectors[0]).toBeCloseTo(half, 12);
    expect(vectors[1]).toBeCloseTo(half, 12);
    expect(vectors[2] * vectors[3]).toBeCloseTo(-0.5, 12);
  });

  it('puts any symmetric matrix together again from orthonormal vectors', () => {
    const dim = 17;
    const random = seededRandom(3);
    const matrix = new Float64Array(dim * dim);
    for (let i = 0; i < dim; i++) {
      for (let j = 0; j <= i; j++) {
        matrix[i * dim + j] = matrix[j * dim + i] = random() * 2 - 1;
      }
    }
    const { values, vectors } = symmetricEigen(matrix, dim);
    for (let i = 0; i < dim; i++) {
      if (i > 0) expect(values[i]).toBeLessThanOrEqual(values[i - 1]);
      for (let j = 0; j < dim; j++) {
        let product = 0;
        let rebuilt = 0;
        for (let k = 0; k < dim; k++) {
          product += vectors[i * dim + k] * vectors[j * dim + k];
          rebuilt += values[k] * vectors[k * dim + i] * vectors[k * dim + j];
        }
        expect(product).toBeCloseTo(i === j ? 1 : 0, 12);
        expect(rebuilt).toBeCloseTo(matrix[i * dim + j], 12);
      }
    }
  });

  it('leaves a matrix of zeros its axes', () => {
    const { values, vectors } = symmetricEigen(new Float64Array(4), 2);
    expect([...values]).toEqual([0, 0]);
    expect([...vectors]).toEqual([1, 0, 0, 1]);
  });
});
