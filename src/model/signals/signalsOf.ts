/**
 * @module
 * From a visitor's records to their signals, as of a moment. Nobody's, for a model without a blend.
 */
import type { PreferenceRecord } from '../../events.ts';
import type { Model } from '../model.ts';
import { interestsOf, shownRows } from './interests.ts';
import { NOBODY, visitorSignals, type VisitorSignals } from './visitorSignals.ts';
import { createWordIndex, type WordIndex } from './words.ts';

export function createSignalsOf(
  model: Model,
  halfLifeDays: number | null,
): (records: readonly PreferenceRecord[], nowMs: number) => VisitorSignals {
  const { rowOf, catalogue, factors, manifest } = model;
  const { blend } = manifest;
  if (!blend) return () => NOBODY;
  const { recentHalfLifeDays } = blend;
  let wordIndex: WordIndex | null | undefined;
  return (records, nowMs) => {
    const interests = interestsOf(records, rowOf, halfLifeDays, recentHalfLifeDays, nowMs);
    // Not before it is needed: it reads every title.
    if (interests.length > 0) wordIndex ??= createWordIndex(catalogue, factors.rows);
    return visitorSignals(model, wordIndex ?? null, interests, shownRows(records, rowOf, nowMs));
  };
}
