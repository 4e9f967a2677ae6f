import { describe, expect, it } from 'vitest';
import type { Blend, Signal } from '../blend.ts';
import type { Model } from '../model.ts';
import { NOBODY, visitorSignals } from '../signals/visitorSignals.ts';
import { createWordIndex } from '../signals/words.ts';
import { smallModel } from '../testing/smallModel.ts';
import { defaultBlend } from '../training/blend/defaultBlend.ts';
import { describeRanker } from './contract.case.ts';
import { createLearnedRanker } from './learned.ts';

describeRanker('learned', () => createLearnedRanker(defaultBlend(), smallModel()));

describe('the learned blend', () => {
  const DAY_MS = 86_400_000;
  const base = smallModel();
  /** The spade and the rake are for June; the teapot speaks for the mug. */
  const model: Model = {
    ...base,
    statistics: {
      ...base.statistics,
      recent30: Float64Array.of(0, 0, 5, 0, 0, 0),
      ageDays: Float64Array.of(600, 600, 600, 600, 10, 600),
      months: Array.from({ length: 12 }, (_, month) =>
        Float64Array.from(base.ids, (id) =>
          (id === 'spade' || id === 'rake') === (month === 5) ? 24 : 4,
        ),
      ),
    },
    neighbours: {
      starts: Uint32Array.of(0, 1, 1, 1, 1, 1, 1),
      rows: Int32Array.of(4),
      weights: Float32Array.of(0.4),
    },
  };
  const wordIndex = createWordIndex(model.catalogue, 6);
  const tea = visitorSignals(
    model,
    wordIndex,
    [{ row: 0, weight: 1, recent: 0 }],
    new Map([[2, 3]]),
  );
  const all = Int32Array.from(model.ids.keys());

  /** Scores by one signal alone. */
  function by(signal: Signal, nowMs: number, signals = tea): number[] {
    const blend: Blend = {
      recentHalfLifeDays: 10,
      signals: [{ signal, weight: 1, whenNew: 0, spread: 1 }],
    };
    const candidates = { rows: all, similarity: new Float64Array(6) };
    const context = { model, preferences: [], signals, nowMs };
    return [...createLearnedRanker(blend, model).score(candidates, context)];
  }
  const JUNE = Date.UTC(2026, 5, 15);

  it('knows what time of the year it is', () => {
    const [june, december] = [by('season', JUNE), by('season', JUNE + 180 * DAY_MS)];
    expect(june[1]).toBeGreaterThan(1);
    expect(december[1]).toBeLessThan(0);
    expect(june[0]).toBeLessThan(0);
    // A month before, it is what is coming.
    const may = JUNE - 30 * DAY_MS;
    expect(by('comingSeason', may)[1]).toBeGreaterThan(by('season', may)[1]);
  });

  it('hears the neighbours, words and purses of what was chosen', () => {
    expect(by('companions', JUNE)).toEqual([0, 0, 0, 0, Math.log1p(Math.fround(0.4) / 0.02), 0]);
    expect(by('recentCompanions', JUNE)).toEqual([0, 0, 0, 0, 0, 0]);
    const words = by('words', JUNE);
    // All three are of the category Tea.
    for (const row of [2, 4]) expect(words[row]).toBeGreaterThan(0);
    expect(words[1]).toBe(0);
    const prices = by('price', JUNE);
    // The teapot cost 20: the spade (15) is nearer than the mug (4).
    expect(prices[1]).toBeGreaterThan(prices[4]);
  });

  it('tires of what was shown and left alone', () => {
    expect(by('fatigue', JUNE)[2]).toBeCloseTo(-Math.log(4), 12);
    expect(by('fatigue', JUNE)[1]).toBeCloseTo(0, 12);
  });

  it('lets a weight for new visitors fade as they show what they like', () => {
    const blend: Blend = {
      recentHalfLifeDays: 10,
      signals: [{ signal: 'recent30', weight: 1, whenNew: 2, spread: 4 }],
    };
    const score = (signals: typeof tea) =>
      createLearnedRanker(blend, model).score(
        { rows: Int32Array.of(2), similarity: Float64Array.of(0) },
        { model, preferences: [], signals, nowMs: JUNE },
      )[0];
    expect(score(NOBODY)).toBeCloseTo((Math.log(6) / 4) * 3, 12);
    expect(score(tea)).toBeCloseTo((Math.log(6) / 4) * 2, 12);
  });

  it('lets a weight for fresh counts fade as they age', () => {
    const scoreOf = (countedAt: string | undefined, freshHalfLifeDays?: number) => {
      const blend: Blend = {
        recentHalfLifeDays: 10,
        ...(freshHalfLifeDays && { freshHalfLifeDays }),
        signals: [{ signal: 'recent30', weight: 1, whenNew: 0, whenFresh: 2, spread: 1 }],
      };
      const { countedAt: _, ...manifest } = model.manifest;
      const dated = { ...model, manifest: { ...manifest, ...(countedAt && { countedAt }) } };
      const [score] = createLearnedRanker(blend, dated).score(
        { rows: Int32Array.of(2), similarity: Float64Array.of(0) },
        { model: dated, preferences: [], signals: tea, nowMs: JUNE },
      );
      return score / Math.log(6);
    };
    const before = (days: number) => new Date(JUNE - days * DAY_MS).toISOString();
    expect(scoreOf(before(0), 30)).toBeCloseTo(3, 12);
    expect(scoreOf(before(30), 30)).toBeCloseTo(2, 12);
    expect(scoreOf(before(60), 30)).toBeCloseTo(1.5, 12);
    // A clock that was set back: as fresh as can be.
    expect(scoreOf(before(-9), 30)).toBeCloseTo(3, 12);
    // Of a model that does not say: not at all.
    expect(scoreOf(undefined, 30)).toBeCloseTo(1, 12);
    expect(scoreOf(before(0))).toBeCloseTo(1, 12);
  });
});
