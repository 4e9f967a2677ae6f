import { describe, expect, it } from 'vitest';
import { bootstrapDifference, bootstrapMean } from './bootstrap.ts';
import { seededRandom } from '../training/seededRandom.ts';

describe('bootstrapMean', () => {
  it('gives the interval of the normal approximation where that holds', () => {
    // 400 users with one case each, half of them 1: mean 0.5, standard error 0.5 / √400 = 0.025.
    const values = Array.from({ length: 400 }, (_, index) => index % 2);
    const { mean, low, high } = bootstrapMean([...values.keys()], values, seededRandom(1));
    expect(mean).toBe(0.5);
    expect(low).toBeGreaterThan(0.5 - 1.96 * 0.025 - 0.005);
    expect(low).toBeLessThan(0.5 - 1.96 * 0.025 + 0.005);
    expect(high).toBeGreaterThan(0.5 + 1.96 * 0.025 - 0.005);
    expect(high).toBeLessThan(0.5 + 1.96 * 0.025 + 0.005);
  });

  it('resamples users, not cases', () => {
    // Four users of a hundred equal cases each know no more than four cases do.
    const users = Array.from({ length: 400 }, (_, index) => index % 4);
    const { low, high } = bootstrapMean(
      users,
      users.map((user) => user % 2),
      seededRandom(1),
    );
    expect([low, high]).toEqual([0, 1]);
  });

  it('weighs cases alike however many a user has', () => {
    expect(bootstrapMean([0, 0, 0, 1], [1, 1, 1, 0], seededRandom(1)).mean).toBe(0.75);
  });

  it('covers the truth about as often as it says', () => {
    const random = seededRandom(7);
    let covered = 0;
    for (let trial = 0; trial < 300; trial++) {
      const values = Array.from({ length: 100 }, () => Number(random() < 0.3));
      const { low, high } = bootstrapMean([...values.keys()], values, random, 400);
      if (low <= 0.3 && 0.3 <= high) covered++;
    }
    expect(covered / 300).toBeGreaterThan(0.9);
    expect(covered / 300).toBeLessThan(0.99);
  });

  it('is the same for the same seed', () => {
    const run = (seed: number) => bootstrapMean([0, 1, 2], [0.1, 0.5, 0.6], seededRandom(seed), 50);
    expect(run(3)).toEqual(run(3));
    expect(run(3)).not.toEqual(run(4));
  });

  it('says nothing of no case', () => {
    expect(bootstrapMean([], [], seededRandom(1)).mean).toBeNaN();
  });
});

describe('bootstrapDifference', () => {
  it('leaves out what makes a case hard for both', () => {
    const random = seededRandom(2);
    const right = Array.from({ length: 200 }, () => random() * 100);
    const left = right.map((value) => value + 1);
    const { mean, low, high } = bootstrapDifference([...left.keys()], left, right, random);
    for (const value of [mean, low, high]) expect(value).toBeCloseTo(1, 9);
  });

  it('refuses cases that are not paired', () => {
    expect(() => bootstrapDifference([0], [1], [], seededRandom(1))).toThrow(/1 cases/);
  });
});
