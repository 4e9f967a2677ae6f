/**
 * @module
 * What a page passes to `track` -> a whole FeedbackEvent. Only known fields are taken over.
 */
import { SottoError, requireInteger, requireNumber, shown } from '../errors.ts';
import { MAX_ITEM_ID_LENGTH, type FeedbackEvent, type TrackedEvent } from '../events.ts';
import { freshId } from './identifier.ts';
import type { Session } from './session.ts';

/** Clocks of site and browser differ; an event from further ahead would never decay. */
const MAX_AHEAD_MS = 86_400_000;

/** @throws {SottoError} `invalid-argument`, naming field, bound and value. */
export function createEvent(tracked: TrackedEvent, session: Session, nowMs: number): FeedbackEvent {
  if (typeof tracked !== 'object' || tracked === null) {
    throw new SottoError('invalid-argument', `track() takes an object but got ${shown(tracked)}`);
  }
  const { id, timestamp, value, listId, position } = tracked;
  const event: FeedbackEvent = {
    id: id === undefined ? freshId() : requireText('id', id),
    itemId: requireText('itemId', tracked.itemId),
    action: requireText('action', tracked.action),
    timestamp:
      timestamp === undefined
        ? nowMs
        : requireNumber('timestamp', timestamp, 0, nowMs + MAX_AHEAD_MS),
    // Last: an event that is refused keeps no session alive.
    sessionId: session.idAt(nowMs),
  };
  if (value !== undefined) event.value = requireNumber('value', value, -1e15, 1e15);
  if (listId !== undefined) event.listId = requireText('listId', listId);
  if (position !== undefined) event.position = requireInteger('position', position, 0, 1e9);
  return event;
}

function requireText(name: string, value: unknown): string {
  if (typeof value === 'string' && value && value.length <= MAX_ITEM_ID_LENGTH) return value;
  throw new SottoError(
    'invalid-argument',
    `${name} must be a text of 1 to ${MAX_ITEM_ID_LENGTH} characters but got ${shown(value)}`,
  );
}
