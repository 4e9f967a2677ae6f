/**
 * @module
 * The learned blend: a sum of signals, each times a weight from the manifest.
 *
 *   score = Σ  value / spread × (weight + whenNew · newness + whenFresh · freshness)
 *
 * The signals that are made of past events bend (`compress`), so that more of the same convinces
 * less; the sum itself is straight, and an explanation of it adds up.
 */
import { freshness, newness, type Blend } from '../blend.ts';
import type { Model } from '../model.ts';
import { itemSignalsOf } from '../signals/itemSignals.ts';
import { signalReader } from '../signals/signals.ts';
import type { RankContext, Ranker } from './types.ts';

export function createLearnedRanker(
  blend: Blend,
  {
    statistics,
    newcomers,
    catalogue,
    manifest,
  }: Pick<Model, 'statistics' | 'newcomers' | 'catalogue' | 'manifest'>,
): Ranker {
  const ofEveryone = itemSignalsOf(statistics);
  const ofNewcomers = newcomers ? itemSignalsOf(newcomers) : ofEveryone;
  const weighed = blend.signals.filter(
    ({ weight, whenNew, whenFresh }) => weight || whenNew || whenFresh,
  );

  function readers(context: RankContext) {
    const { signals: visitor, nowMs } = context;
    const items = (visitor.told === 0 ? ofNewcomers : ofEveryone)(nowMs);
    const source = { catalogue, items, visitor };
    const isNew = newness(visitor.told);
    const isFresh = freshness(blend.freshHalfLifeDays, manifest.countedAt, nowMs);
    return weighed.map(({ signal, weight, whenNew, whenFresh = 0, spread }) => ({
      signal,
      factor: (weight + whenNew * isNew + whenFresh * isFresh) / spread,
      read: signalReader(signal, source),
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
