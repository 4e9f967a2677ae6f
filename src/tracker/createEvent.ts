/**
 * @module
 * What a page passes to `track` -> a whole FeedbackEvent. Only known fields are taken over.
 */
import { invalidArgument, requireInteger, requireNumber, requireText } from '../errors.ts';
import { MAX_ITEM_ID_LENGTH, type FeedbackEvent, type TrackedEvent } from '../events.ts';
import { credited, type Credits } from './credits.ts';
import { freshId } from './identifier.ts';
import type { Session } from './session.ts';

/** Clocks of site and browser differ; an event from further ahead would never decay. */
const MAX_AHEAD_MS = 86_400_000;

/**
 * @param credits - what a cart or purchase may be credited to. Not changed.
 * @throws {SottoError} `invalid-argument`, naming field, bound and value.
 */
export function createEvent(
  tracked: TrackedEvent,
  session: Session,
  nowMs: number,
  credits: Credits = new Map(),
): FeedbackEvent {
  if (typeof tracked !== 'object' || !tracked) throw invalidArgument('event', 'an object', tracked);
  const { id = freshId(), itemId, action, timestamp = nowMs, value } = tracked;
  const { listId, position } = credited(credits, tracked, nowMs);
  const text = (name: string, given: unknown) => requireText(name, given, MAX_ITEM_ID_LENGTH);
  // Frozen: listeners see it before it is stored.
  return Object.freeze({
    id: text('id', id),
    itemId: text('itemId', itemId),
    action: text('action', action),
    timestamp: requireNumber('timestamp', timestamp, 0, nowMs + MAX_AHEAD_MS),
    ...(value !== undefined && { value: requireNumber('value', value, -1e15, 1e15) }),
    ...(listId !== undefined && { listId: text('listId', listId) }),
    ...(position !== undefined && { position: requireInteger('position', position, 0, 1e9) }),
    // Last: an event that is refused keeps no session alive.
    sessionId: session.idAt(nowMs),
  });
}
