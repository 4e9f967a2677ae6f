/**
 * @module
 * A visitor's interests: what their events say of each item, as plain weights that neighbours and
 * words are added up with. The embedding has its own form of the same records (`preferences.ts`).
 */
import type { RowIndex } from '../artifact/rowIndex.ts';
import type { PreferenceRecord } from '../../events.ts';
import { netWeight, shownWeight } from '../preferences.ts';

export interface Interest {
  readonly row: number;
  /** For, minus against, decayed to now. */
  readonly weight: number;
  /** The same, decayed faster: what the visitor is after just now. */
  readonly recent: number;
}

/** Below this it would be lost in rounding. */
const NEGLIGIBLE = 1e-6;
/** Of a single showing. */
const FORGOTTEN = 0.01;

export function interestsOf(
  records: Iterable<PreferenceRecord>,
  rowOf: RowIndex,
  halfLifeDays: number | null,
  recentHalfLifeDays: number | null,
  nowMs: number,
): Interest[] {
  const interests: Interest[] = [];
  for (const record of records) {
    const row = rowOf.get(record.itemId);
    if (row === undefined) continue;
    const weight = netWeight(record, halfLifeDays, nowMs);
    if (Math.abs(weight) < NEGLIGIBLE) continue;
    interests.push({ row, weight, recent: netWeight(record, recentHalfLifeDays, nowMs) });
  }
  return interests;
}

/** How often each item was shown, fading; those that nobody remembers are left out. */
export function shownRows(
  records: Iterable<PreferenceRecord>,
  rowOf: RowIndex,
  nowMs: number,
): Map<number, number> {
  const shown = new Map<number, number>();
  for (const record of records) {
    const row = rowOf.get(record.itemId);
    const weight = shownWeight(record, nowMs);
    if (row !== undefined && weight > FORGOTTEN) shown.set(row, weight);
  }
  return shown;
}
