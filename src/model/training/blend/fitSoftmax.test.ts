import { describe, expect, it } from 'vitest';
import { seededRandom } from '../seededRandom.ts';
import { fitSoftmax, weightsUnder, type ChoiceList } from './fitSoftmax.ts';

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
    return { values, conditions: [], chosen: [row], weight: 1 };
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
    const lists = [{ values: Float64Array.of(1, 0), conditions: [], chosen: [0], weight: 1 }];
    const [weight] = fitSoftmax(lists, 1, 0.1);
    expect(1 / (1 + Math.exp(weight)) - 0.2 * weight).toBeCloseTo(0, 6);
  });

  it('counts a list by its weight', () => {
    const values = Float64Array.of(1, 0);
    const [weight] = fitSoftmax(
      [
        { values, conditions: [], chosen: [0], weight: 3 },
        { values, conditions: [], chosen: [1], weight: 1 },
      ],
      1,
      1e-9,
    );
    expect(weight).toBeCloseTo(Math.log(3), 5);
  });

  it('keeps its head where choices are certain, and where a signal never differs', () => {
    const lists = [
      { values: Float64Array.of(5, 1, -5, 1), conditions: [], chosen: [0], weight: 1 },
    ];
    const weights = fitSoftmax(lists, 2, 1e-3);
    expect(weights[0]).toBeGreaterThan(0);
    expect(weights[1]).toBeCloseTo(0, 12);
  });

  it('finds how much more a signal counts under a condition', () => {
    const under = (condition: number, weight: number): ChoiceList[] =>
      draw([weight, 1], 3000).map((list) => ({ ...list, conditions: [condition] }));
    const lists = [...under(0, 1), ...under(0.5, 2), ...under(1, 3)];
    const found = fitSoftmax(lists, 2, 1e-6);
    for (const [place, weight] of [1, 1, 2, 0].entries())
      expect(Math.abs(found[place] - weight)).toBeLessThan(0.15);
    expect([...weightsUnder([0.5], found)]).toEqual([
      found[0] + 0.5 * found[2],
      found[1] + 0.5 * found[3],
    ]);
  });

  it('is the same as with a column for each signal under each condition', () => {
    const lists = draw([1, -1], 200).map((list, index) => ({ ...list, conditions: [index % 3] }));
    const spelled = lists.map(({ values, conditions: [condition], ...list }) => ({
      ...list,
      conditions: [],
      values: Float64Array.from({ length: 80 }, (_, at) => {
        const value = values[Math.floor(at / 4) * 2 + (at % 2)];
        return at % 4 < 2 ? value : value * condition;
      }),
    }));
    const short = fitSoftmax(lists, 2, 1e-3);
    for (const [place, weight] of fitSoftmax(spelled, 4, 1e-3).entries())
      expect(short[place]).toBeCloseTo(weight, 8);
  });

  it('holds weights at 0, and fits the others as if those were not there', () => {
    const truth = [2, -1];
    const lists = draw(truth, 500);
    const found = fitSoftmax(lists, 2, 1e-3, { isHeld: (place) => place === 1 });
    expect(found[1]).toBe(0);
    const alone = lists.map((list) => ({
      ...list,
      values: list.values.filter((_, at) => at % 2 === 0),
    }));
    expect(found[0]).toBeCloseTo(fitSoftmax(alone, 1, 1e-3)[0], 8);
  });

  it('refuses to learn from nothing', () => {
    expect(() => fitSoftmax([], 2, 1)).toThrow(/lists must be at least 1/);
  });
});
