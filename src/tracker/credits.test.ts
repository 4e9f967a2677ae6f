import { expect, test } from 'vitest';
import type { FeedbackEvent } from '../events.ts';
import { credited, noteCredit, trimCredits, type Credits } from './credits.ts';

const DAY_MS = 86_400_000;
const NOW_MS = 1.8e12;

function choose(itemId: string, fields: Partial<FeedbackEvent> = {}): FeedbackEvent {
  const timestamp = NOW_MS;
  return {
    id: itemId,
    itemId,
    action: 'click',
    timestamp,
    sessionId: 's',
    listId: 'top',
    ...fields,
  };
}

const listOf = (credits: Credits, itemId: string, nowMs: number) =>
  credited(credits, { itemId, action: 'purchase' }, nowMs).listId;

test('a choice is credited for 30 days, and not a millisecond longer', () => {
  const credits: Credits = new Map();
  noteCredit(credits, choose('a', { position: 3 }));
  expect(listOf(credits, 'a', NOW_MS + 30 * DAY_MS)).toBe('top');
  expect(listOf(credits, 'a', NOW_MS + 30 * DAY_MS + 1)).toBeUndefined();
  expect(trimCredits(credits, NOW_MS + 30 * DAY_MS)).toBe(false);
  expect(trimCredits(credits, NOW_MS + 30 * DAY_MS + 1)).toBe(true);
  expect(credits.size).toBe(0);
});

test('the last 200 items are kept, the one chosen longest ago goes first', () => {
  const credits: Credits = new Map();
  for (let index = 0; index < 200; index++) noteCredit(credits, choose(`i${index}`));
  // Chosen anew, it is the newest.
  noteCredit(credits, choose('i0', { listId: 'other' }));
  expect(credits.size).toBe(200);
  noteCredit(credits, choose('one more'));
  expect(credits.size).toBe(200);
  expect(listOf(credits, 'i1', NOW_MS)).toBeUndefined();
  expect(listOf(credits, 'i0', NOW_MS)).toBe('other');
  for (let index = 0; index < 5000; index++) noteCredit(credits, choose(`j${index}`));
  expect(credits.size).toBe(200);
});

test('what names a list keeps it; nothing but a cart or a purchase earns', () => {
  const credits: Credits = new Map();
  expect(noteCredit(credits, choose('a', { action: 'view' }))).toBe(false);
  expect(noteCredit(credits, { ...choose('a'), listId: '' })).toBe(false);
  noteCredit(credits, choose('a', { position: 3 }));
  const of = (action: string, listId?: string) =>
    credited(credits, { itemId: 'a', action, ...(listId !== undefined && { listId }) }, NOW_MS);
  expect(of('cart')).toMatchObject({ listId: 'top', position: 3 });
  expect(of('purchase', 'basket').listId).toBe('basket');
  expect(of('purchase', 'basket').position).toBeUndefined();
  expect(of('like').listId).toBeUndefined();
});
