import { describe, expect, it } from 'vitest';
import { tableOf } from '../../evaluation/table.case.ts';
import type { Interactions } from '../../interactions.ts';
import { trainModel, type ModelOptions } from '../trainModel.ts';

/**
 * Two tastes; a user walks through the thirty items of theirs in order, four a day, from a start of
 * their own: what comes next is what the newest items are followed by.
 */
function walks(users: number): Interactions {
  return tableOf(
    Array.from({ length: users }, (_, user) =>
      Array.from({ length: 24 }, (_, step) => {
        const taste = user % 2 ? 'a' : 'b';
        return `u${user} ${taste}${(user + step) % 30} ${(user % 7) + Math.floor(step / 4) * 10}`;
      }),
    )
      .flat()
      .join('\n'),
  );
}

const options: ModelOptions = {
  dim: 4,
  epochs: 3,
  objective: { convention: 'ials', alpha0: 0.1, lambda: 0.01, nu: 1 },
  repeat: 'once',
  trainingHalfLifeDays: 180,
  seed: 1,
  halfLifeDays: 30,
  trendingDays: 30,
};
const noTexts = () => ({});

describe('learning the blend', () => {
  it('finds that neighbours tell what comes next', async () => {
    const { parts, lesson } = await trainModel(walks(150), noTexts, options);
    expect(lesson?.refused).toBeNull();
    expect(parts.blend?.learned?.lists).toBeGreaterThan(100);
    /** Of a visitor of whom five events are known, by a model of today. */
    const weightOf = (name: string) => {
      const found = parts.blend?.signals.find(({ signal }) => signal === name);
      return found ? found.weight + found.whenNew / (1 + 5) + (found.whenFresh ?? 0) : NaN;
    };
    expect(weightOf('companions') + weightOf('recentCompanions')).toBeGreaterThan(0.4);
    // Every item is as popular as any other.
    expect(Math.abs(weightOf('popularity'))).toBeLessThan(weightOf('recentCompanions'));
    expect(parts.neighbours?.starts).toHaveLength(61);
    expect(parts.statistics.month1).toHaveLength(60);
  });

  it('is the same again for the same events', async () => {
    const first = await trainModel(walks(120), noTexts, options);
    const second = await trainModel(walks(120), noTexts, options);
    expect(second.parts.blend).toEqual(first.parts.blend);
  });

  it('keeps to the defaults, and says why, where there is too little to learn from', async () => {
    const few = await trainModel(walks(12), noTexts, options);
    expect(few.lesson?.refused).toMatch(/too few \(100\)/);
    expect(few.parts.blend?.signals.length).toBeGreaterThan(3);
    const timeless = await trainModel({ ...walks(12), timestamps: null }, noTexts, {
      ...options,
      trainingHalfLifeDays: null,
    });
    expect(timeless.lesson?.refused).toBe('the events have no times');
    expect(timeless.parts.statistics).not.toHaveProperty('month1');
    const moment = { ...walks(12), timestamps: new Float64Array(12 * 24).fill(1e12) };
    const { lesson } = await trainModel(moment, noTexts, options);
    expect(lesson?.refused).toBe('all events are of one moment or of one user');
  });

  it('chooses the half-lives that it is not told, and publishes them', async () => {
    // Everything fades within hours, so that neither a taste nor the newest items are left.
    const hurried = { ...options, halfLifeDays: 0.3, recentHalfLifeDays: 0.1 };
    const told = await trainModel(walks(150), noTexts, hurried);
    expect(told.lesson?.tried).toEqual([]);
    expect(told.parts).toMatchObject({ halfLifeDays: 0.3, blend: { recentHalfLifeDays: 0.1 } });

    const chooseHalfLives = ['halfLifeDays', 'recentHalfLifeDays'] as const;
    const { parts, lesson } = await trainModel(walks(150), noTexts, {
      ...hurried,
      chooseHalfLives,
    });
    expect(lesson?.tried[0]).toMatchObject({ halfLifeDays: 0.3, recentHalfLifeDays: 0.1 });
    const best = Math.max(...(lesson?.tried ?? []).map(({ recall }) => recall));
    expect(parts.halfLifeDays).toBeGreaterThan(0.3);
    expect(lesson?.fading.halfLifeDays).toBe(parts.halfLifeDays);
    expect(best).toBeGreaterThan(1.1 * lesson!.tried[0].recall);
  });

  it('chooses how events fade where lists are random shares', async () => {
    const { lesson, parts } = await trainModel(walks(1200), noTexts, {
      ...options,
      blendLists: 'random',
    });
    expect(lesson?.refused).toBeNull();
    expect([30, null]).toContain(lesson?.fading.halfLifeDays);
    expect(parts.halfLifeDays).toBe(lesson?.fading.halfLifeDays);
  });

  it('learns nothing, and publishes no neighbours, when told to be plain', async () => {
    const { parts, lesson } = await trainModel(walks(12), noTexts, { ...options, blend: 'plain' });
    expect(lesson).toBeNull();
    expect(parts.blend).toBeUndefined();
    expect(parts.neighbours).toBeUndefined();
  });
});
