/**
 * @module
 * How preference records start again, in both stores.
 */
import type { Feedback, PreferenceRecord } from '../events.ts';

/** A copy that no later change of the original reaches. */
export function copyOf(feedback: Feedback): Feedback {
  const { positive, negative, events, impressions, shown, lastTimestamp, hidden } = feedback;
  return {
    positive: positive && { ...positive },
    negative: negative && { ...negative },
    events,
    impressions,
    ...(shown ? { shown: { ...shown } } : {}),
    lastTimestamp,
    hidden,
  };
}

/** The records before any entry of the log is counted: what has left it, and nothing else. */
export function restarted(
  records: ReadonlyMap<string, PreferenceRecord>,
): Map<string, PreferenceRecord> {
  const start = new Map<string, PreferenceRecord>();
  for (const { itemId, retired } of records.values()) {
    if (retired) start.set(itemId, { itemId, ...copyOf(retired), retired });
  }
  return start;
}
