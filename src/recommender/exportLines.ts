/**
 * @module
 * Everything held on the device as JSON Lines: the events in the common log form first, then the
 * rest, each line with a `type`.
 */
import type { FeedbackEvent } from '../events.ts';
import type { StoreContents } from '../store/types.ts';

/** Nothing here knows who the visitor is, and no id is made up for them. */
const ANONYMOUS = 'anonymous';

/**
 * @param waiting - events that wait in memory for consent: held, if not stored.
 */
export function exportLines(
  { events, preferences, cursor, lists, settings }: StoreContents,
  waiting: readonly FeedbackEvent[],
): string {
  const lines: unknown[] = [...events.map(({ event }) => event), ...waiting].map(
    ({ itemId, action, timestamp, ...rest }) => ({
      user_id: ANONYMOUS,
      item_id: itemId,
      action,
      timestamp: new Date(timestamp).toISOString(),
      ...rest,
    }),
  );
  for (const preference of preferences) lines.push({ type: 'preference', ...preference });
  for (const [key, list] of lists) lines.push({ type: 'list', key, ...list });
  for (const [key, value] of settings) {
    lines.push({
      type: 'setting',
      key,
      value: value instanceof Map ? [...value.entries()] : value,
    });
  }
  if (cursor) lines.push({ type: 'cursor', ...cursor });
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}
