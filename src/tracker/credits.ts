/**
 * @module
 * Credits: the list and position each item was last chosen from, so that a cart or purchase on a
 * later page is credited to them. Kept for 30 days and 200 items, in the store's settings.
 */
import type { FeedbackEvent, TrackedEvent } from '../events.ts';

/** Where an item was chosen. */
export interface Credit extends Pick<FeedbackEvent, 'timestamp'> {
  listId: string;
  position: number | undefined;
}

/** By item, oldest choice first. */
export type Credits = Map<string, Credit>;

const MAX_AGE_MS = 30 * 86_400_000;
const MAX_ITEMS = 200;

/** Chosen in a list by the one, credited with it by the other: putting into the cart is both. */
const CHOOSES = ['click', 'cart'];
const EARNS = ['cart', 'purchase'];

/** @param stored - what the store holds under its key; anything else than a map: nothing. */
export function replaceCredits(credits: Credits, stored: unknown): void {
  credits.clear();
  if (stored instanceof Map) (stored as Credits).forEach((credit, id) => credits.set(id, credit));
}

/** @returns whether `credits` have changed. */
export function noteCredit(credits: Credits, event: FeedbackEvent): boolean {
  const { itemId, action, listId, position, timestamp } = event;
  if (!listId || !CHOOSES.includes(action)) return false;
  credits.delete(itemId);
  credits.set(itemId, { listId, position, timestamp });
  trimCredits(credits, timestamp);
  return true;
}

/** Drops what is too old or too much. @returns whether anything was. */
export function trimCredits(credits: Credits, nowMs: number): boolean {
  const before = credits.size;
  for (const [itemId, { timestamp }] of credits) {
    if (credits.size <= MAX_ITEMS && timestamp >= nowMs - MAX_AGE_MS) break;
    credits.delete(itemId);
  }
  return credits.size < before;
}

/** The list and position that an event names, or else those it is to be credited to. */
export function credited(
  credits: Credits,
  event: TrackedEvent,
  nowMs: number,
): Pick<TrackedEvent, 'listId' | 'position'> {
  const credit = credits.get(event.itemId);
  return credit &&
    event.listId === undefined &&
    EARNS.includes(event.action) &&
    credit.timestamp >= nowMs - MAX_AGE_MS
    ? credit
    : event;
}
