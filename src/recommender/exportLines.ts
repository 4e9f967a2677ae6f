/**
 * @module
 * Everything held on the device as JSON Lines: the events in the common log form first, then the
 * rest, each line with a `type`.
 */
import type { FeedbackEvent } from '../events.ts';
import type { StoreContents } from '../store/types.ts';

/**
 * @param waiting - events that wait in memory for consent: held, if not stored.
 */
export function exportLines(contents: StoreContents, waiting: readonly FeedbackEvent[]): string {
  const settings = Object.fromEntries(contents.settings);
  const userId = settings['profileId'] ?? 'anonymous';
  const events = [...contents.events.map((entry) => entry.event), ...waiting];
  const lines: unknown[] = events.map((event) => ({
    user_id: userId,
    item_id: event.itemId,
    action: event.action,
    timestamp: new Date(event.timestamp).toISOString(),
    value: event.value,
    list_id: event.listId,
    position: event.position,
    session_id: event.sessionId,
    event_id: event.id,
  }));
  for (const preference of contents.preferences) lines.push({ type: 'preference', ...preference });
  for (const list of contents.lists) lines.push({ type: 'list', ...list });
  if (contents.cursor) lines.push({ type: 'cursor', ...contents.cursor });
  for (const [key, value] of contents.settings) lines.push({ type: 'setting', key, value });
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}
