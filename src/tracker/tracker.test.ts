import { expect, test } from 'vitest';
import { SESSION_TIMEOUT_MS } from '../events.ts';
import type { TrackedEvent } from '../events.ts';
import { createEvent } from './createEvent.ts';
import { refuseEvent } from './refuseEvent.ts';
import { createSession } from './session.ts';

test('a session lasts until half an hour after its last event', () => {
  const session = createSession();
  const first = session.idAt(1e12);
  expect(session.idAt(1e12 + SESSION_TIMEOUT_MS - 1)).toBe(first);
  expect(session.idAt(1e12 + 2 * SESSION_TIMEOUT_MS - 2)).toBe(first);
  const second = session.idAt(1e12 + 3 * SESSION_TIMEOUT_MS);
  expect(second).not.toBe(first);
  session.join({ sessionId: 'older', timestamp: 1e12 });
  expect(session.idAt(1e12 + 3 * SESSION_TIMEOUT_MS)).toBe(second);
  session.join({ sessionId: 'newer', timestamp: 1e12 + 3 * SESSION_TIMEOUT_MS + 1 });
  expect(session.idAt(1e12 + 3 * SESSION_TIMEOUT_MS + 2)).toBe('newer');
  session.end();
  expect(session.idAt(1e12 + 3 * SESSION_TIMEOUT_MS + 3)).not.toBe('newer');
});

test('an event takes known fields only, and fills in the rest', () => {
  const tracked = { itemId: 'a', action: 'cart', value: 2, user: 'secret', sessionId: 'forged' };
  const event = createEvent(tracked, createSession(), 1e12, new Map())!;
  expect(Object.keys(event).sort()).toEqual([
    'action',
    'id',
    'itemId',
    'sessionId',
    'timestamp',
    'value',
  ]);
  expect(event).toMatchObject({ itemId: 'a', action: 'cart', value: 2, timestamp: 1e12 });
  expect(event.sessionId).not.toBe('forged');
});

test('a refused event keeps no session alive', () => {
  const session = createSession();
  const first = session.idAt(1e12);
  const later = 1e12 + SESSION_TIMEOUT_MS - 1;
  expect(createEvent({ itemId: '', action: 'x' }, session, later, new Map())).toBeNull();
  expect(session.idAt(later + 2)).not.toBe(first);
});

test('an event is refused exactly where there are words for what is wrong with it', () => {
  const nowMs = 1e12;
  const long = 'x'.repeat(513);
  const texts = ['a', long.slice(1), long, '', 7, null, undefined, {}];
  const numbers = [0, 1, -1, 0.5, 1e9, 1e9 + 1, 1e15, -1e15, 2e15, -2e15, NaN, Infinity, '5', null];
  const values: Record<string, readonly unknown[]> = {
    id: texts,
    itemId: texts,
    action: texts,
    listId: texts,
    value: [...numbers, undefined],
    position: [...numbers, undefined],
    timestamp: [...numbers, nowMs, nowMs + 86_400_000, nowMs + 86_400_001, undefined],
  };
  const events: unknown[] = [null, undefined, 7, 'text', [], () => {}, {}];
  for (const [field, all] of Object.entries(values)) {
    for (const value of all) events.push({ itemId: 'a', action: 'click', [field]: value });
  }
  let refused = 0;
  for (const event of events as TrackedEvent[]) {
    const isRefused = createEvent(event, createSession(), nowMs, new Map()) === null;
    const say = () => refuseEvent(event, nowMs);
    if (isRefused) expect(say, JSON.stringify(event)).toThrow('must be');
    else expect(say, JSON.stringify(event)).not.toThrow();
    refused += Number(isRefused);
  }
  expect([refused > 30, events.length - refused > 30]).toEqual([true, true]);
});
