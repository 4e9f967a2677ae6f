/**
 * @module
 * From a visitor's records to their signals, as of a moment. Nobody's, for a model without a blend.
 */
import type { PreferenceRecord } from '../../events.ts';
import type { Model } from '../model.ts';
import { interestsOf, shownRows } from './interests.ts';
import { NOBODY, visitorSignals, type VisitorSignals } from './visitorSignals.ts';
import { withPauses, type Pause } from '../steps.ts';
import { indexWords, type WordIndex } from './words.ts';

export function createSignalsOf(
  model: Model,
  halfLifeDays: number | null,
  pause?: Pause,
): (records: readonly PreferenceRecord[], nowMs: number) => Promise<VisitorSignals> {
  const { rowOf, catalogue, factors, manifest } = model;
  const { blend } = manifest;
  if (!blend) return () => Promise.resolve(NOBODY);
  const { recentHalfLifeDays } = blend;
  let wordIndex: Promise<WordIndex | null> | undefined;
  return async (records, nowMs) => {
    const interests = interestsOf(records, rowOf, halfLifeDays, recentHalfLifeDays, nowMs);
    // Not before it is needed: it reads every title.
    if (interests.length > 0) {
      wordIndex ??= withPauses(indexWords(catalogue, factors.rows), pause);
    }
    const words = (await wordIndex) ?? null;
    return visitorSignals(model, words, interests, shownRows(records, rowOf, nowMs));
  };
}
