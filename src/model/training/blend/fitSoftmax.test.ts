import { describe, expect, it } from 'vitest';
import { seededRandom } from '../seededRandom.ts';
import { fitSoftmax, type ChoiceList } from './fitSoftmax.ts';

/** Lists of 20 whose choices are drawn by the true weights. */
function draw(truth: readonly number[], count: number): ChoiceList[] {
  const random = seededRandom(7);
  return Array.from({ length: count }, () => {
    const values = Float64Array.from({ length: 20 * truth.length }, () => random() * 2 - 1);
    const odds = Array.from({ length: 20 }, (_, row) =>
      Math.exp(truth.reduce((sum, weight, f) => sum + weight * values[row * truth.length + f], 0)),
    );
    let left = random() * odds.reduce((sum, one) => sum + one, 0);
    let row = 0;
    while (row < 19 && (left -= odds[row]) > 0) row++;
    return { values, chosen: [row], weight: 1 };
  });
}

describe('fitSoftmax', () => {
  it('finds the weights that choices were drawn by', () => {
    const truth = [2, -1, 0];
    const found = fitSoftmax(draw(truth, 4000), 3, 1e-6);
    for (const [f, weight] of truth.entries())
      expect(Math.abs(found[f] - weight)).toBeLessThan(0.12);
  });

  it('is where the gradient is nothing: one list of two rows, one chosen', () => {
    // log-likelihood −log(1 + e^−w) − r·w²; its slope 1/(1 + e^w) − 2rw.
    const lists = [{ values: Float64Array.of(1, 0), chosen: [0], weight: 1 }];
    const [weight] = fitSoftmax(lists, 1, 0.1);
    expect(1 / (1 + Math.exp(weight)) - 0.2 * weight).toBeCloseTo(0, 6);
  });

  it('counts a list by its weight', () => {
    const values = Float64Array.of(1, 0);
    const [weight] = fitSoftmax(
      [
        { values, chosen: [0], weight: 3 },
        { values, chosen: [1], weight: 1 },
      ],
      1,
      1e-9,
    );
    expect(weight).toBeCloseTo(Math.log(3), 5);
  });

  it('keeps its head where choices are certain, and where a signal never differs', () => {
    const lists = [{ values: Float64Array.of(5, 1, -5, 1), chosen: [0], weight: 1 }];
    const weights = fitSoftmax(lists, 2, 1e-3);
    expect(weights[0]).toBeGreaterThan(0);
    expect(weights[1]).toBeCloseTo(0, 12);
  });

  it('refuses to learn from nothing', () => {
    expect(() => fitSoftmax([], 2, 1)).toThrow(/lists must be at least 1/);
  });
});
