import { expect, test } from 'vitest';
import { SESSION_TIMEOUT_MS } from '../events.ts';
import { createEvent } from './createEvent.ts';
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
  const event = createEvent(tracked, createSession(), 1e12);
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
  expect(() => createEvent({ itemId: '', action: 'x' }, session, later)).toThrow('itemId');
  expect(session.idAt(later + 2)).not.toBe(first);
});
