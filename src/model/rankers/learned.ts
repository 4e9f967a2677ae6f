/**
 * @module
 * The learned blend: a sum of signals, each times a weight from the manifest.
 *
 *   score = Σ  value / spread × (weight + whenNew / (1 + n))
 *
 * The signals that are made of past events bend (`compress`), so that more of the same convinces
 * less; the sum itself is straight, and an explanation of it adds up.
 */
import type { Blend, SignalWeight } from '../blend.ts';
import type { Model } from '../model.ts';
import { itemSignalsOf } from '../signals/itemSignals.ts';
import { signalReader } from '../signals/signals.ts';
import type { RankContext, Ranker } from './types.ts';

export function createLearnedRanker(
  blend: Blend,
  { statistics, newcomers, catalogue }: Pick<Model, 'statistics' | 'newcomers' | 'catalogue'>,
): Ranker {
  const ofEveryone = itemSignalsOf(statistics);
  const ofNewcomers = newcomers ? itemSignalsOf(newcomers) : ofEveryone;
  const weighed = blend.signals.filter(({ weight, whenNew }) => weight !== 0 || whenNew !== 0);

  function factorOf({ weight, whenNew, spread }: SignalWeight, { signals }: RankContext): number {
    return (weight + whenNew / (1 + signals.told)) / spread;
  }

  function readers(context: RankContext) {
    const { signals: visitor, nowMs } = context;
    const items = (visitor.told === 0 ? ofNewcomers : ofEveryone)(nowMs);
    const source = { catalogue, items, visitor };
    return weighed.map((one) => ({
      signal: one.signal,
      factor: factorOf(one, context),
      read: signalReader(one.signal, source),
    }));
  }

  return {
    name: 'learned',
    score({ rows, similarity }, context) {
      const scores = new Float64Array(rows.length);
      for (const { factor, read } of readers(context)) {
        for (let index = 0; index < rows.length; index++) {
          scores[index] += factor * read(rows[index], similarity[index]);
        }
      }
      return scores;
    },
    parts: (row, similarity, context) =>
      readers(context).map(({ signal, factor, read }) => ({
        signal,
        score: factor * read(row, similarity),
      })),
  };
}
