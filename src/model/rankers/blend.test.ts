import { describe, expect, it } from 'vitest';
import { NOBODY } from '../signals/visitorSignals.ts';
import { smallModel } from '../testing/smallModel.ts';
import { createBlendRanker, trendFactor } from './blend.ts';
import { describeRanker } from './contract.case.ts';

describeRanker('blend', createBlendRanker);

describe('the blend', () => {
  const model = smallModel();
  const context = { model, preferences: [], signals: NOBODY, nowMs: 0 };
  const scoresOf = (similarity: number, exponent: number) => [
    // The teacup is on the way up (9 of 30), the spade is not (3 of 80).
    ...createBlendRanker(exponent).score(
      { rows: Int32Array.of(2, 1), similarity: Float64Array.of(similarity, similarity) },
      context,
    ),
  ];

  it('lifts what is on the way up, whichever sign the similarity has', () => {
    for (const similarity of [0.5, -0.5]) {
      const [teacup, spade] = scoresOf(similarity, 0.5);
      expect(teacup).toBeGreaterThan(spade);
    }
  });

  it('is the similarity alone at an exponent of 0', () => {
    expect(scoresOf(0.5, 0)).toEqual([0.5, 0.5]);
  });

  it('multiplies by ((trending + 1) / (popularity + 20))^γ', () => {
    expect(trendFactor(model.statistics, 2, 0.5)).toBeCloseTo(Math.sqrt(10 / 50), 12);
  });
});
