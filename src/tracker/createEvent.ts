/**
 * @module
 * What a page passes to `track` -> a whole FeedbackEvent. Only known fields are taken over. What is
 * wrong with one that is none, `refuseEvent` says, whose words load for it: few pages ever need them.
 */
import { MAX_AHEAD_MS, MAX_ITEM_ID_LENGTH } from '../events.ts';
import type { FeedbackEvent, TrackedEvent } from '../events.ts';
import { credited, type Credits } from './credits.ts';
import { freshId } from './identifier.ts';
import type { Session } from './session.ts';

const isText = (value: unknown) =>
  typeof value === 'string' && value && value.length <= MAX_ITEM_ID_LENGTH;
const isNumber = (value: unknown, minimum: number, maximum: number) =>
  Number.isFinite(value) && (value as number) >= minimum && (value as number) <= maximum;

/**
 * @param credits - what a cart or purchase may be credited to. Not changed.
 * @returns null exactly where `refuseEvent` throws.
 */
export function createEvent(
  given: TrackedEvent,
  session: Session,
  nowMs: number,
  credits: Credits,
): FeedbackEvent | null {
  // Of what is no object there is no item.
  const tracked = Object(given) as TrackedEvent;
  const { id = freshId(), itemId, action, timestamp = nowMs, value } = tracked;
  const { listId, position } = credited(credits, tracked, nowMs);
  return isText(id) &&
    isText(itemId) &&
    isText(action) &&
    isNumber(timestamp, 0, nowMs + MAX_AHEAD_MS) &&
    (value === undefined || isNumber(value, -1e15, 1e15)) &&
    (listId === undefined || isText(listId)) &&
    (position === undefined || (Number.isInteger(position) && isNumber(position, 0, 1e9)))
    ? // Frozen: listeners see it before it is stored.
      Object.freeze({
        id,
        itemId,
        action,
        timestamp,
        ...(value !== undefined && { value }),
        ...(listId !== undefined && { listId }),
        ...(position !== undefined && { position }),
        // Last: an event that is refused keeps no session alive.
        sessionId: session.idAt(nowMs),
      })
    : null;
}
