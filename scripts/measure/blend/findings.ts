/**
 * @module
 * What every choice found, case by case, and the table of it.
 */
import { bootstrapDifference, bootstrapRatio } from '../../../src/model/evaluation/bootstrap.ts';
import { seededRandom } from '../../../src/model/training/seededRandom.ts';
import { SEED } from '../options.ts';
import { shownDifference, shownRatio } from '../shown.ts';

/** How many of the newest events are told; Infinity: all. */
export const TOLD = [0, 1, 3, 10, Infinity] as const;
export const TOLD_ALL = TOLD.length - 1;
export const TOLD_ONE = 1;

export interface Findings {
  /** @param values - by case of a fold, after those of the folds before; in place of `step` of TOLD. */
  add(choice: string, step: number, values: readonly number[]): void;
  /** @param users - by case of all folds. */
  table(users: readonly number[]): string;
}

/** The first choice added is what the others are held against. */
export function createFindings(): Findings {
  const found = new Map<string, number[][]>();
  return {
    add(choice, step, values) {
      const byStep = found.get(choice) ?? TOLD.map(() => []);
      found.set(choice, byStep);
      byStep[step].push(...values);
    },
    table(users) {
      const [base] = found.values();
      const lines = [...found].map(([name, byStep]) => {
        const means = byStep.map((values) =>
          values.length === 0 ? '     –' : (sumOf(values) / values.length).toFixed(4),
        );
        const ratio = bootstrapRatio(users, byStep[TOLD_ALL], base[TOLD_ALL], seededRandom(SEED));
        const one = byStep[TOLD_ONE];
        const ofOne =
          one.length === 0
            ? '–'
            : shownDifference(bootstrapDifference(users, one, base[TOLD_ONE], seededRandom(SEED)));
        return `${name.padEnd(42)} ${means.join('  ')}  ${shownRatio(ratio)}  (${ofOne})\n`;
      });
      return lines.join('');
    },
  };
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
