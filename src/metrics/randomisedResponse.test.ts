import { describe, expect, test } from 'vitest';
import { seededRandom } from '../model/training/seededRandom.ts';
import { respond, responseProbabilities } from './randomisedResponse.ts';

const EPSILONS = [0.01, 0.1, 0.5, 1];
const CHOICES = [2, 3, 5, 11, 101];

/** How often each answer came for one truth. */
function tally(truth: number, choices: number, epsilon: number, draws: number): number[] {
  const random = seededRandom(1000 * choices + truth);
  const counts = new Array<number>(choices).fill(0);
  for (let draw = 0; draw < draws; draw++) counts[respond(truth, choices, epsilon, random)]++;
  return counts;
}

describe('by the formula', () => {
  for (const epsilon of EPSILONS) {
    test(`no answer is more than e^${epsilon} times as likely for one truth as for another`, () => {
      for (const choices of CHOICES) {
        const { kept, other } = responseProbabilities(choices, epsilon);
        const likelihood = (answer: number, truth: number) => (answer === truth ? kept : other);
        let largest = 0;
        for (let answer = 0; answer < choices; answer++) {
          for (let one = 0; one < choices; one++) {
            for (let two = 0; two < choices; two++) {
              largest = Math.max(largest, likelihood(answer, one) / likelihood(answer, two));
            }
          }
        }
        // Met, and used to the full: a smaller ratio would be noise that buys nothing.
        expect(largest).toBeCloseTo(Math.exp(epsilon), 10);
        expect(kept + (choices - 1) * other).toBeCloseTo(1, 12);
      }
    });
  }
});

describe('as it answers', () => {
  test('every answer is as likely as the formula says, for every truth', () => {
    const draws = 200_000;
    const [choices, epsilon] = [5, 1];
    const { kept, other } = responseProbabilities(choices, epsilon);
    for (let truth = 0; truth < choices; truth++) {
      const counts = tally(truth, choices, epsilon, draws);
      const chiSquare = counts.reduce((sum, count, answer) => {
        const expected = draws * (answer === truth ? kept : other);
        return sum + (count - expected) ** 2 / expected;
      }, 0);
      // 4 degrees of freedom: beyond 23.5 by chance once in ten thousand times.
      expect(chiSquare).toBeLessThan(23.5);
    }
  });

  test('the observed likelihood ratio over all pairs is e^ε, within the error of the sample', () => {
    const draws = 400_000;
    for (const choices of [2, 4]) {
      const tallies = Array.from({ length: choices }, (_, truth) =>
        tally(truth, choices, 1, draws),
      );
      for (const [one, ofOne] of tallies.entries()) {
        for (const ofTwo of tallies) {
          for (let answer = 0; answer < choices; answer++) {
            const [a, b] = [ofOne[answer], ofTwo[answer]];
            // Of the logarithm of a ratio of two counts; five of them.
            const margin = 5 * Math.sqrt(1 / a + 1 / b);
            expect(Math.log(a / b)).toBeLessThanOrEqual(1 + margin);
            if (answer === one && ofTwo !== ofOne) {
              expect(Math.log(a / b)).toBeGreaterThanOrEqual(1 - margin);
            }
          }
        }
      }
    }
  });

  test('the random branch leaves the truth out and reaches every other number', () => {
    for (let truth = 0; truth < 4; truth++) {
      const told = new Set<number>();
      for (let draw = 0; draw < 1; draw += 0.01) {
        // The first number sends it into the random branch, the second chooses there.
        const numbers = [0.999999, draw];
        told.add(respond(truth, 4, 1, () => numbers.shift() as number));
      }
      expect([...told].sort()).toEqual([0, 1, 2, 3].filter((value) => value !== truth));
    }
  });
});
