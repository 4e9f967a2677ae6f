/**
 * @module
 * lessonCases: what the earlier model is asked, of all there is so much as is learned on.
 */
import { shuffle } from '../../evaluation/random.ts';
import type { Case } from '../../evaluation/types.ts';
import { seededRandom } from '../seededRandom.ts';
import type { ToldCase } from './collectLists.ts';

const MAX_LISTS = 2500;
/** Of this share of them the engine is also told nothing, one event, three: how a visit begins. */
const BEGINNERS = 0.25;
const BEGINNINGS = [0, 1, 3];

export function lessonCases(cases: readonly Case[], seed: number): ToldCase[] {
  const drawn = [...cases];
  shuffle(drawn, seededRandom(seed));
  const chosen = drawn.slice(0, MAX_LISTS);
  return chosen.flatMap((one, index): ToldCase[] => {
    const whole = { ...one, told: one.history.length };
    if (index >= BEGINNERS * chosen.length) return [whole];
    return [
      whole,
      ...BEGINNINGS.filter((told) => told < one.history.length).map((told) => ({ ...one, told })),
    ];
  });
}
