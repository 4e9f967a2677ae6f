/**
 * @module
 * What a visitor has reacted to, as rows: what lists put last, and what they never show.
 */
import type { RowIndex } from './artifact/rowIndex.ts';
import type { PreferenceRecord } from '../events.ts';

export interface ReactedRows {
  /** With feedback for or against. */
  seen: Set<number>;
  hidden: Set<number>;
}

export function reactedRows(records: readonly PreferenceRecord[], rowOf: RowIndex): ReactedRows {
  const seen = new Set<number>();
  const hidden = new Set<number>();
  for (const { itemId, positive, negative, hidden: isHidden } of records) {
    const row = rowOf.get(itemId);
    if (row === undefined) continue;
    if (positive !== null || negative !== null) seen.add(row);
    if (isHidden) hidden.add(row);
  }
  return { seen, hidden };
}
