import { describe, expect, it } from 'vitest';
import { seededRandom } from '../seededRandom.ts';
import { chooseHalfLives, type HalfLifeAxis, type HalfLives } from './chooseHalfLives.ts';

const START: HalfLives = { halfLifeDays: 90, recentHalfLifeDays: 10 };
const BOTH: HalfLifeAxis[] = ['halfLifeDays', 'recentHalfLifeDays'];
const CASES = 400;
/** Ten cases a user. */
const USERS = Array.from({ length: CASES }, (_, index) => Math.floor(index / 10));

/** Recalls that are best at these half-lives, by `slope` less for every factor of e beside them. */
function hill(best: HalfLives, slope: number, noise = 0) {
  const random = seededRandom(1);
  return (at: HalfLives): Promise<Float64Array> => {
    const off = (axis: HalfLifeAxis): number => Math.abs(Math.log(at[axis]! / best[axis]!));
    const recall = 0.5 - slope * (off('halfLifeDays') + off('recentHalfLifeDays'));
    // Not two cases alike, or nothing could be luck.
    return Promise.resolve(
      Float64Array.from({ length: CASES }, () => recall + (noise + 1e-6) * (random() - 0.5)),
    );
  };
}

describe('choosing half-lives', () => {
  it('walks as far as it gets better, on each axis', async () => {
    const best = { halfLifeDays: 10, recentHalfLifeDays: 0.5 };
    const { chosen, tried } = await chooseHalfLives(START, BOTH, USERS, hill(best, 0.05));
    expect(chosen).toEqual({ halfLifeDays: 10, recentHalfLifeDays: 0.37 });
    // On the way the recent ones stayed the faster ones.
    expect(tried.map((one) => one.halfLifeDays! > one.recentHalfLifeDays)).not.toContain(false);
    expect(tried[0]).toMatchObject(START);
    expect(Math.max(...tried.map(({ recall }) => recall))).toBe(
      tried.find((one) => one.halfLifeDays === 10 && one.recentHalfLifeDays === 0.37)?.recall,
    );
  });

  it('stays where a difference could be luck', async () => {
    const best = { halfLifeDays: 30, recentHalfLifeDays: 3 };
    const { chosen, tried } = await chooseHalfLives(START, BOTH, USERS, hill(best, 0.001, 0.5));
    expect(chosen).toEqual(START);
    expect(
      tried.map(({ halfLifeDays, recentHalfLifeDays }) => [halfLifeDays, recentHalfLifeDays]),
    ).toEqual([
      [90, 10],
      [270, 10],
      [30, 10],
      [90, 30],
      [90, 3.3],
    ]);
  });

  it('takes the cases of one user for one', async () => {
    // Better by a tenth for the ten cases of a single user in forty, the same for all others.
    const recallsBy = ({ halfLifeDays }: HalfLives) =>
      Promise.resolve(
        Float64Array.from(USERS, (user) => (user === 0 && halfLifeDays === 270 ? 0.6 : 0.5)),
      );
    expect((await chooseHalfLives(START, BOTH, USERS, recallsBy)).chosen).toEqual(START);
  });

  it('leaves alone what is fixed, and tries nothing where all is', async () => {
    const best = { halfLifeDays: 10, recentHalfLifeDays: 0.5 };
    const one = await chooseHalfLives(START, ['recentHalfLifeDays'], USERS, hill(best, 0.05));
    expect(one.chosen).toEqual({ halfLifeDays: 90, recentHalfLifeDays: 0.37 });
    const none = await chooseHalfLives(START, [], USERS, hill(best, 0.05));
    expect(none).toEqual({ chosen: START, tried: [] });
  });

  it('never makes recent events last as long as the others, nor a half-life of none', async () => {
    const slow = { halfLifeDays: 90, recentHalfLifeDays: 2000 };
    const { chosen } = await chooseHalfLives(START, ['recentHalfLifeDays'], USERS, hill(slow, 0.1));
    expect(chosen.recentHalfLifeDays).toBe(30);
    const lasting = { halfLifeDays: null, recentHalfLifeDays: 10 };
    const { tried } = await chooseHalfLives(lasting, BOTH, USERS, () =>
      Promise.resolve(new Float64Array(CASES)),
    );
    expect(tried.every(({ halfLifeDays }) => halfLifeDays === null)).toBe(true);
  });
});
