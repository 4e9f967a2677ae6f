/**
 * @module
 * What every ranker must do, whatever it scores by.
 */
import { describe, expect, it } from 'vitest';
import { SMALL_MODEL_IDS, smallModel } from '../testing/smallModel.ts';
import { visitorSignals } from '../signals/visitorSignals.ts';
import { createWordIndex } from '../signals/words.ts';
import type { Candidates, RankContext, Ranker } from './types.ts';

export function describeRanker(name: string, create: () => Ranker): void {
  describe(`ranker ${name}`, () => {
    const model = smallModel();
    const context: RankContext = {
      model,
      preferences: [{ row: 0, a: 1, b: 1, positives: 1 }],
      signals: visitorSignals(
        model,
        createWordIndex(model.catalogue, model.factors.rows),
        [{ row: 0, weight: 1, recent: 0.5 }],
        new Map([[1, 2]]),
      ),
      nowMs: Date.UTC(2026, 0, 2),
    };
    const all: Candidates = {
      rows: Int32Array.from(SMALL_MODEL_IDS.keys()),
      similarity: Float64Array.of(0.9, -0.2, 0.7, 0, 0.4, 0.1),
    };

    it('scores every candidate, in their order, with a finite number', () => {
      const scores = create().score(all, context);
      expect(scores).toHaveLength(all.rows.length);
      for (const score of scores) expect(Number.isFinite(score)).toBe(true);
    });

    it('scores a candidate the same whoever stands beside it', () => {
      const ranker = create();
      const together = ranker.score(all, context);
      for (const [index, row] of all.rows.entries()) {
        const alone = {
          rows: Int32Array.of(row),
          similarity: all.similarity.slice(index, index + 1),
        };
        expect(ranker.score(alone, context)[0]).toBe(together[index]);
      }
    });

    it('prefers the more similar of two candidates that are alike in all else', () => {
      const scores = create().score(
        { rows: Int32Array.of(2, 2, 2), similarity: Float64Array.of(-0.3, 0.2, 0.8) },
        context,
      );
      expect(scores[2]).toBeGreaterThan(scores[1]);
      expect(scores[1]).toBeGreaterThan(scores[0]);
    });

    it('says what each score is made of', () => {
      const ranker = create();
      const scores = ranker.score(all, context);
      for (const [index, row] of all.rows.entries()) {
        const parts = ranker.parts(row, all.similarity[index], context);
        const sum = parts.reduce((total, part) => total + part.score, 0);
        expect(sum).toBeCloseTo(scores[index], 10);
      }
    });

    it('returns nothing for no candidate', () => {
      const none = { rows: new Int32Array(0), similarity: new Float64Array(0) };
      expect(create().score(none, context)).toHaveLength(0);
    });

    it('leaves candidates and context as they were', () => {
      const before = structuredClone({ all, preferences: context.preferences });
      create().score(all, context);
      expect({ all, preferences: context.preferences }).toEqual(before);
    });
  });
}
