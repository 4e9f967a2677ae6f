/**
 * @module
 * A second embedding, of what the visitor did last: folded in from the same events, which fade within
 * days or hours. Its inner product with an item as one more signal.
 */
import { solveVisitor } from '../../../src/model/learners/als.ts';
import type { Model } from '../../../src/model/model.ts';
import { weightPreferences } from '../../../src/model/preferences.ts';
import { dotRows } from '../../../src/model/readRow.ts';
import type { PersonalSignal } from './withSignal.ts';

/**
 * @param from - where ages are counted from: `now`, when the list is asked for, or the `newest` event,
 * so that the last visit counts in full however long ago it was.
 */
export function sessionSimilarity(
  { factors, gram, prior, manifest, rowOf }: Model,
  halfLifeDays: number,
  from: 'now' | 'newest',
): PersonalSignal {
  const { objective } = manifest;
  const problem = { factors, gram, prior, objective };
  return (records, nowMs) => {
    const newestMs = records.reduce((newest, one) => Math.max(newest, one.lastTimestamp), 0);
    const atMs = from === 'newest' && newestMs > 0 ? newestMs : nowMs;
    const preferences = weightPreferences(records, rowOf, objective, halfLifeDays, atMs);
    // Of nobody it says nothing, rather than what the average visitor likes.
    if (preferences.length === 0) return () => 0;
    return dotRows(factors, solveVisitor(problem, preferences).embedding);
  };
}
