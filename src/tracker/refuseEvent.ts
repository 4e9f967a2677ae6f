/**
 * @module
 * refuseEvent: what is wrong with what a page has passed to `track`, in words. The same bounds as
 * `createEvent`, in the same order; a test holds the two together.
 */
import { invalidArgument, requireInteger, requireNumber, requireText } from '../errors.ts';
import { MAX_AHEAD_MS, MAX_ITEM_ID_LENGTH, type TrackedEvent } from '../events.ts';

/** @throws {SottoError} `invalid-argument`, naming field, bound and value. */
export function refuseEvent(tracked: TrackedEvent, nowMs: number): void {
  if (Object(tracked) !== tracked) throw invalidArgument('event', 'an object', tracked);
  const { id = 'fresh', itemId, action, timestamp = nowMs, value, listId, position } = tracked;
  const text = (name: string, given: unknown) => requireText(name, given, MAX_ITEM_ID_LENGTH);
  text('id', id);
  text('itemId', itemId);
  text('action', action);
  requireNumber('timestamp', timestamp, 0, nowMs + MAX_AHEAD_MS);
  if (value !== undefined) requireNumber('value', value, -1e15, 1e15);
  if (listId !== undefined) text('listId', listId);
  if (position !== undefined) requireInteger('position', position, 0, 1e9);
}
