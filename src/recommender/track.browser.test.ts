import { expect, test, vi } from 'vitest';
import type { FeedbackEvent } from '../events.ts';
import type { BeforeTrack } from '../options.ts';
import { freshName, rawRecords, start } from './testing.case.ts';
import type { Recommender } from './types.ts';

function eventsOf(sotto: Recommender): FeedbackEvent[] {
  const seen: FeedbackEvent[] = [];
  sotto.on('event', (event) => seen.push(event));
  return seen;
}

test('beforeTrack changes, replaces and drops events', async () => {
  const beforeTrack: BeforeTrack = (event) => {
    if (event.itemId === 'dropped') return null;
    if (event.itemId === 'refused') return false;
    if (event.itemId === 'replaced') return { itemId: 'other', action: 'like' };
    event.value = 7;
  };
  const sotto = await start({ beforeTrack });
  const seen = eventsOf(sotto);
  const given = { itemId: 'changed', action: 'click' };
  expect(sotto.track(given)).toBeTypeOf('string');
  // The site's own object is left alone.
  expect(given).toEqual({ itemId: 'changed', action: 'click' });
  expect(sotto.track({ itemId: 'dropped', action: 'click' })).toBeNull();
  expect(sotto.track({ itemId: 'refused', action: 'click' })).toBeNull();
  sotto.track({ itemId: 'replaced', action: 'click' });
  expect(seen).toMatchObject([
    { itemId: 'changed', action: 'click', value: 7 },
    { itemId: 'other', action: 'like' },
  ]);
});

test('with beforeTrack there are lists as without: the function stays on the page', async () => {
  const sotto = await start({ beforeTrack: (event) => event });
  expect(await sotto.recommend({ count: 3 })).toHaveLength(3);
});

test('an event that beforeTrack throws on is kept as it was, with one warning', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const sotto = await start({
    beforeTrack: (event) => {
      event.itemId = 'half changed';
      throw new Error('the site is wrong');
    },
  });
  const seen = eventsOf(sotto);
  for (let round = 0; round < 5; round++) sotto.track({ itemId: 'a', action: 'click' });
  expect(seen.map(({ itemId }) => itemId)).toEqual(['a', 'a', 'a', 'a', 'a']);
  expect(warn).toHaveBeenCalledTimes(1);
  expect(warn.mock.lastCall?.[0]).toContain('beforeTrack threw');
  vi.restoreAllMocks();
});

test('a promise is no event: one warning, and no more is heard of it', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const beforeTrack = async (event: object) => await Promise.resolve(event);
  const sotto = await start({ beforeTrack: beforeTrack as unknown as BeforeTrack });
  const seen = eventsOf(sotto);
  const ids = [1, 2, 3].map(() => sotto.track({ itemId: 'a', action: 'click' }));
  expect(ids).toEqual([null, null, null]);
  expect(seen).toEqual([]);
  // Its words load for it.
  await expect.poll(() => warn.mock.calls.length).toBe(1);
  expect(warn.mock.lastCall?.[0]).toContain('invalid-argument');
  vi.restoreAllMocks();
});

test('a cart and a purchase on later pages are credited to the list chosen from', async () => {
  const name = freshName();
  const first = await start({ name });
  first.track({ itemId: 'a', action: 'click', listId: 'top', position: 4 });
  first.track({ itemId: 'b', action: 'view' });
  await first.flush().catch(() => {});
  first.destroy();

  const next = await start({ name });
  const seen = eventsOf(next);
  next.track({ itemId: 'a', action: 'cart' });
  next.track({ itemId: 'a', action: 'like' });
  next.track({ itemId: 'b', action: 'purchase' });
  next.track({ itemId: 'a', action: 'purchase', listId: 'basket', position: 0 });
  next.track({ itemId: 'a', action: 'purchase' });
  const places = seen.map(({ itemId, action, listId, position }) => [
    itemId,
    action,
    listId,
    position,
  ]);
  expect(places).toEqual([
    ['a', 'cart', 'top', 4],
    ['a', 'like', undefined, undefined],
    ['b', 'purchase', undefined, undefined],
    ['a', 'purchase', 'basket', 0],
    ['a', 'purchase', 'top', 4],
  ]);
});

test('another tab knows of the choice at once, and forgets it too', async () => {
  const name = freshName();
  const [one, other] = [await start({ name }), await start({ name })];
  const seen = eventsOf(other);
  one.track({ itemId: 'a', action: 'click', listId: 'top', position: 0 });
  await expect
    .poll(() => {
      other.track({ itemId: 'a', action: 'purchase' });
      return seen.at(-1)?.listId;
    })
    .toBe('top');
  await one.forget('a');
  await expect
    .poll(() => {
      other.track({ itemId: 'a', action: 'purchase' });
      return seen.at(-1)?.listId;
    })
    .toBeUndefined();
});

test('a list that was chosen from more than 30 days ago is no longer held', async () => {
  const name = freshName();
  const first = await start({ name });
  first.track({ itemId: 'a', action: 'click', listId: 'top', position: 0 });
  await first.flush().catch(() => {});
  first.destroy();
  const held = async () => (await rawRecords(name))['settings'];
  expect(await held()).toEqual([new Map([['a', expect.objectContaining({ listId: 'top' })]])]);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 30 * 86_400_000 + 60_000 });
  try {
    const next = await start({ name });
    await expect.poll(held).toEqual([new Map()]);
    next.destroy();
  } finally {
    vi.useRealTimers();
  }
});

test('a flood of events leaves the page its sessionStorage', async () => {
  sessionStorage.clear();
  const name = freshName();
  const sotto = await start({ name });
  const place = { listId: 'a list of some length', position: 7 };
  for (let index = 0; index < 4000; index++) {
    sotto.track({ itemId: `item-${index % 50}`, action: 'impression', ...place });
  }
  expect(sessionStorage.length).toBeLessThanOrEqual(1000);
  sessionStorage.setItem('of the page', 'x'.repeat(1_000_000));
  sessionStorage.clear();
  await sotto.flush();
  expect((await rawRecords(name))['events'].length).toBe(4000);
});

test('10,000 events in one task are all kept, and none is slow', async () => {
  const name = freshName();
  const sotto = await start({ name });
  const started = performance.now();
  for (let index = 0; index < 10_000; index++) {
    sotto.track({ itemId: `item-${index % 50}`, action: 'impression' });
  }
  const eachMs = (performance.now() - started) / 10_000;
  await sotto.flush();
  expect((await rawRecords(name))['events'].length).toBe(10_000);
  expect(Object.keys(sessionStorage).filter((key) => key.includes(name))).toEqual([]);
  // The goal is 0.05 ms on a quiet machine; writing all that waits for each event took ten times that.
  expect(eachMs).toBeLessThan(0.5);
});

test('ids of 10,000 characters are one warning, and good events still count', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const name = freshName();
  const sotto = await start({ name });
  for (let round = 0; round < 3; round++) {
    expect(sotto.track({ itemId: 'x'.repeat(10_000), action: 'click' })).toBeNull();
  }
  expect(sotto.track({ itemId: '85048', action: 'click' })).toBeTypeOf('string');
  await sotto.flush();
  expect((await rawRecords(name))['events'].length).toBe(1);
  expect(warn).toHaveBeenCalledTimes(1);
  expect(String(warn.mock.lastCall?.[0]).length).toBeLessThan(250);
  vi.restoreAllMocks();
});
