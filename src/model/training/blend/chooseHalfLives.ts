/**
 * @module
 * How fast a visitor's events fade, chosen on the lists that the blend is learned on: along one axis
 * after the other, three times as slow or as fast, on while that is clearly better.
 *
 * Neighbouring half-lives are as good as each other (docs/quality.md), so steps are wide, and what
 * could be luck moves nothing.
 */
import { SottoError } from '../../../errors.ts';

export interface HalfLives {
  /** Days until a visitor's event counts half; null: never. */
  halfLifeDays: number | null;
  /** The same in `recentCompanions`. */
  recentHalfLifeDays: number;
}

export type HalfLifeAxis = keyof HalfLives;

export interface TriedHalfLives extends HalfLives {
  /** Recall@20 over what was asked. */
  recall: number;
}

const STEP = 3;
/** A quarter of an hour to fourteen years: beyond, nothing fades or everything has. */
const BOUNDS_DAYS = [0.01, 5000];
/** Of the difference that is to be believed, in standard errors. */
const CLEAR = 2;

/**
 * @param axes - what is to be chosen; the others stay as in `start`.
 * @param users - by case: the cases of one user are alike.
 * @param recallsBy - by case.
 * @returns the choice and all that was tried, `start` first.
 */
export async function chooseHalfLives(
  start: HalfLives,
  axes: readonly HalfLifeAxis[],
  users: readonly number[],
  recallsBy: (halfLives: HalfLives) => Promise<Float64Array>,
): Promise<{ chosen: HalfLives; tried: TriedHalfLives[] }> {
  const tried: TriedHalfLives[] = [];
  const attempt = async (halfLives: HalfLives): Promise<Float64Array> => {
    const recalls = await recallsBy(halfLives);
    tried.push({ ...halfLives, recall: meanOf(recalls) });
    return recalls;
  };
  let chosen = start;
  if (axes.length === 0) return { chosen, tried };
  let best = await attempt(start);
  for (const axis of axes) {
    for (const factor of [STEP, 1 / STEP]) {
      const from = chosen;
      for (;;) {
        const next = moved(chosen, axis, factor, axes);
        if (!next) break;
        const recalls = await attempt(next);
        if (!isClearlyMore(recalls, best, users)) break;
        [chosen, best] = [next, recalls];
      }
      // Behind it lies what it came from.
      if (chosen !== from) break;
    }
  }
  return { chosen, tried };
}

/**
 * Recent events fade faster than all the others, or they would be no others.
 * @returns null where that is no half-life to try.
 */
function moved(
  halfLives: HalfLives,
  axis: HalfLifeAxis,
  factor: number,
  axes: readonly HalfLifeAxis[],
): HalfLives | null {
  const days = halfLives[axis];
  if (days === null) return null;
  const next = { ...halfLives, [axis]: rounded(days * factor) };
  if (axis === 'halfLifeDays' && axes.includes('recentHalfLifeDays')) {
    next.recentHalfLifeDays = Math.min(next.recentHalfLifeDays, rounded(next[axis]! / STEP));
  }
  const [least, most] = BOUNDS_DAYS;
  const isWithin = next[axis]! >= least && next[axis]! <= most;
  const isFaster =
    axis !== 'recentHalfLifeDays' ||
    next.halfLifeDays === null ||
    next.recentHalfLifeDays < next.halfLifeDays;
  return isWithin && isFaster ? next : null;
}

function rounded(days: number): number {
  return Number(days.toPrecision(2));
}

function isClearlyMore(
  values: Float64Array,
  base: Float64Array,
  users: readonly number[],
): boolean {
  if (values.length !== users.length) {
    throw new SottoError('internal', `${values.length} cases must be ${users.length}`);
  }
  const differences = values.map((value, index) => value - base[index]);
  const mean = meanOf(differences);
  const ofUser = new Map<number, number>();
  for (const [index, user] of users.entries()) {
    ofUser.set(user, (ofUser.get(user) ?? 0) + differences[index] - mean);
  }
  let squares = 0;
  for (const sum of ofUser.values()) squares += sum * sum;
  return mean > (CLEAR * Math.sqrt(squares)) / users.length;
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(values.length, 1);
}
