/**
 * @module
 * How events that leave the log stay counted, in both stores.
 */
import type { Feedback, PreferenceRecord } from '../events.ts';
import { copyOf } from './records.ts';
import type { LogEntry } from './types.ts';

function nothing(): Feedback {
  return {
    positive: null,
    negative: null,
    events: 0,
    impressions: 0,
    lastTimestamp: 0,
    hidden: false,
  };
}

/** The retired share of every item that `leaving` speaks of, as records to count into. */
export function retiredParts(
  records: ReadonlyMap<string, PreferenceRecord>,
  leaving: readonly LogEntry[],
): Map<string, PreferenceRecord> {
  const parts = new Map<string, PreferenceRecord>();
  for (const { event } of leaving) {
    const { itemId } = event;
    const retired = records.get(itemId)?.retired;
    parts.set(itemId, { itemId, ...(retired ? copyOf(retired) : nothing()), retired: null });
  }
  return parts;
}

/** Writes the counted parts back into `records`. @returns the records that changed. */
export function withRetired(
  records: Map<string, PreferenceRecord>,
  parts: ReadonlyMap<string, PreferenceRecord>,
): PreferenceRecord[] {
  const changed: PreferenceRecord[] = [];
  for (const [itemId, part] of parts) {
    const retired = copyOf(part);
    const record = { ...(records.get(itemId) ?? { itemId, ...copyOf(part) }), retired };
    records.set(itemId, record);
    changed.push(record);
  }
  return changed;
}
