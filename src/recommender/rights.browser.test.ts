import { expect, test, vi } from 'vitest';
import type { FeedbackEvent } from '../events.ts';
import { freshName, rawRecords, start } from './testing.case.ts';
import type { Recommender } from './types.ts';

const linesOf = async (sotto: Recommender) =>
  (await sotto.exportData())
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

const popularIds = async (sotto: Recommender, count: number) =>
  (await sotto.popular({ count })).map(({ itemId }) => itemId);

test('the export holds everything that the raw database holds', async () => {
  const name = freshName();
  const sotto = await start({ name });
  const [a, b] = await popularIds(sotto, 2);
  sotto.track({ itemId: a, action: 'click', listId: 'top', position: 1 });
  sotto.track({ itemId: a, action: 'purchase', value: 2 });
  sotto.track({ itemId: b, action: 'like' });
  await sotto.flush();
  await sotto.recommend({ count: 3 });
  sotto.pause();
  await expect.poll(async () => (await rawRecords(name))['lists'].length).toBe(1);

  const raw = await rawRecords(name);
  const lines = await linesOf(sotto);
  const events = (raw['events'] as { event: FeedbackEvent }[]).map(({ event }) => {
    const { itemId, action, timestamp, ...rest } = event;
    const time = new Date(timestamp).toISOString();
    return { user_id: 'anonymous', item_id: itemId, action, timestamp: time, ...rest };
  });
  expect(lines.filter(({ type }) => type === undefined)).toEqual(events);
  const of = (kind: string) =>
    lines.filter(({ type }) => type === kind).map(({ type, ...rest }) => rest);
  expect(of('preference')).toEqual(raw['preferences']);
  expect(of('cursor')).toEqual(raw['cursor']);
  expect(of('list').map(({ key, ...list }) => list)).toEqual(raw['lists']);
  // A map is written as its entries.
  expect(of('setting').map(({ value }) => value)).toEqual(
    raw['settings'].map((value) =>
      value instanceof Map ? [...(value as Map<string, unknown>)] : value,
    ),
  );
  // Every store there is was compared.
  expect(Object.keys(raw).sort()).toEqual(['cursor', 'events', 'lists', 'preferences', 'settings']);
});

test('forget leaves nothing in the database, the caches, sessionStorage or memory', async () => {
  sessionStorage.clear();
  const name = freshName();
  const sotto = await start({ name });
  const [a] = await popularIds(sotto, 1);
  sotto.track({ itemId: a, action: 'click', listId: 'top', position: 1 });
  await sotto.flush();
  await expect.poll(() => caches.has(name)).toBe(true);
  await sotto.forget();
  for (const records of Object.values(await rawRecords(name))) expect(records).toEqual([]);
  expect(await caches.has(name)).toBe(false);
  expect(sessionStorage.length).toBe(0);
  expect(await linesOf(sotto)).toEqual([]);
  expect(await sotto.profile()).toMatchObject({ events: 0, items: [], distance: 0 });
  // What a purchase would have been credited to is gone as well.
  const seen: FeedbackEvent[] = [];
  sotto.on('event', (event) => seen.push(event));
  sotto.track({ itemId: a, action: 'purchase' });
  expect(seen[0].listId).toBeUndefined();
});

test('a forgotten item is as if it had never been seen', async () => {
  const [forgetful, never] = [await start(), await start()];
  const [a, b, c, ...others] = await popularIds(never, 40);
  const timestamp = Date.now() - 86_400_000;
  const click = (itemId: string, id: string) => ({ id, itemId, action: 'click', timestamp });
  for (const sotto of [forgetful, never]) {
    sotto.track(click(a, '1'));
    if (sotto === forgetful) sotto.track({ ...click(b, '2'), action: 'purchase' });
    sotto.track(click(c, '3'));
    await sotto.flush();
  }
  const scores = async (sotto: Recommender) =>
    Object.fromEntries(
      (await sotto.rank([a, b, c, ...others])).map((one) => [one.itemId, one.score]),
    );
  const before = await scores(forgetful);
  await forgetful.forget(b);
  const [after, expected] = [await scores(forgetful), await scores(never)];
  // The two learned at another moment: what decay makes of that is far below what one click does.
  const difference = (left: typeof after, right: typeof after) =>
    Math.max(...Object.keys(left).map((id) => Math.abs(left[id] - right[id])));
  expect(difference(after, expected)).toBeLessThan(1e-6);
  expect(difference(before, expected)).toBeGreaterThan(1e-3);
  const distance = async (sotto: Recommender) => (await sotto.profile()).distance;
  expect(await distance(forgetful)).toBeCloseTo(await distance(never), 6);
  expect(await forgetful.exportData()).not.toContain(`"${b}"`);
});

test('the log never holds more than is allowed, while the page stays open', async () => {
  const name = freshName();
  const sotto = await start({ name, retentionEvents: 100 });
  const [a] = await popularIds(sotto, 1);
  for (let round = 0; round < 3; round++) {
    for (let index = 0; index < 70; index++) sotto.track({ itemId: a, action: 'click' });
    await sotto.flush();
    expect((await rawRecords(name))['events'].length).toBe(Math.min(100, 70 * (round + 1)));
  }
  // What has left the log stays counted.
  expect((await sotto.profile()).items).toMatchObject([{ itemId: a, events: 210 }]);
});

test('a refusal is kept before anything else, and the next page makes good what was left', async () => {
  const name = freshName();
  const sotto = await start({ name });
  const [a] = await popularIds(sotto, 1);
  sotto.track({ itemId: a, action: 'click' });
  await sotto.flush();
  // As if the page had ended before it could empty the store.
  const { openDB } = await import('idb');
  const database = await openDB(name);
  await database.put('settings', 'denied', 'consent');
  database.close();
  sotto.destroy();
  const next = await start({ name });
  expect(next.consent).toBe('denied');
  await expect.poll(async () => (await rawRecords(name))['events'].length).toBe(0);
  expect((await rawRecords(name))['settings']).toEqual(['denied']);
});

/** As if another tab had written it while this page lay in the back-forward cache. */
async function choseElsewhere(name: string, consent: string): Promise<void> {
  const { openDB } = await import('idb');
  const database = await openDB(name);
  // A refusal empties all of it.
  const emptied = consent === 'denied' ? [...database.objectStoreNames] : [];
  for (const store of emptied) await database.clear(store);
  await database.put('settings', consent, 'consent');
  database.close();
}

const comeBack = () => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));

test('a page that returns after a month has heard what was chosen meanwhile', async () => {
  const name = freshName();
  const sotto = await start({ name, requireConsent: true });
  const [a] = await popularIds(sotto, 1);
  await sotto.setConsent('granted');
  sotto.track({ itemId: a, action: 'click', listId: 'top', position: 1 });
  await sotto.flush();

  await choseElsewhere(name, 'denied');
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31 * 86_400_000 });
  try {
    comeBack();
    // Before it has heard: what it takes for granted must not be kept.
    sotto.track({ itemId: a, action: 'view' });
    await expect.poll(() => sotto.consent).toBe('denied');
    expect(sotto.track({ itemId: a, action: 'click' })).toBeNull();
    await sotto.flush();
    await expect.poll(async () => (await rawRecords(name))['settings']).toEqual(['denied']);
    expect((await rawRecords(name))['events']).toEqual([]);
    expect((await sotto.profile()).items).toEqual([]);

    await choseElsewhere(name, 'granted');
    comeBack();
    await expect.poll(() => sotto.consent).toBe('granted');
    // The list that it was chosen from a month ago is forgotten with the rest.
    const seen: FeedbackEvent[] = [];
    sotto.on('event', (event) => seen.push(event));
    sotto.track({ itemId: a, action: 'purchase' });
    expect(seen[0].listId).toBeUndefined();
    await sotto.flush();
    expect((await rawRecords(name))['events']).toHaveLength(1);
  } finally {
    vi.useRealTimers();
  }
});

test('a page that returns lets go of what has gone past retention, where no worker may start', async () => {
  // On the page's own thread: the clock of a worker cannot be moved.
  vi.stubGlobal('Worker', function () {
    throw new DOMException('refused by the policy', 'SecurityError');
  });
  const name = freshName();
  const sotto = await start({ name, retentionDays: 30 });
  const [a] = await popularIds(sotto, 1);
  sotto.track({ itemId: a, action: 'click' });
  await sotto.flush();
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 29.9 * 86_400_000 });
  try {
    comeBack();
    await sotto.flush();
    expect((await rawRecords(name))['events']).toHaveLength(1);
    vi.setSystemTime(Date.now() + 0.2 * 86_400_000);
    comeBack();
    await expect.poll(async () => (await rawRecords(name))['events'].length).toBe(0);
    expect((await sotto.profile()).items).toMatchObject([{ itemId: a, events: 1 }]);
  } finally {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  }
});

test.each(['globalPrivacyControl', 'doNotTrack'])('%s is a refusal by default', async (signal) => {
  const value = signal === 'doNotTrack' ? '1' : true;
  Object.defineProperty(navigator, signal, { value, configurable: true });
  try {
    const sotto = await start();
    expect(sotto.consent).toBe('denied');
    expect(sotto.track({ itemId: 'a', action: 'click' })).toBeNull();
    expect((await start({ respectPrivacySignals: false })).consent).toBe('granted');
  } finally {
    delete (navigator as unknown as Record<string, unknown>)[signal];
  }
});

test('an automated browser is not tracked, unless the site wants it', async () => {
  vi.spyOn(navigator, 'webdriver', 'get').mockReturnValue(true);
  const name = freshName();
  const sotto = await start({ name });
  expect(sotto.track({ itemId: 'a', action: 'click' })).toBeNull();
  expect((await indexedDB.databases()).map((database) => database.name)).not.toContain(name);
  const wanted = await start({ trackAutomated: true });
  expect(wanted.track({ itemId: 'a', action: 'click' })).toBeTypeOf('string');
  vi.restoreAllMocks();
});

test('a prerendered page waits until it is shown', async () => {
  let isPrerendering = true;
  Object.defineProperty(document, 'prerendering', {
    get: () => isPrerendering,
    configurable: true,
  });
  try {
    const name = freshName();
    let started: Recommender | undefined;
    const starting = start({ name }).then((sotto) => (started = sotto));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(started).toBeUndefined();
    expect((await indexedDB.databases()).map((database) => database.name)).not.toContain(name);
    isPrerendering = false;
    document.dispatchEvent(new Event('prerenderingchange'));
    expect((await starting).track({ itemId: 'a', action: 'click' })).toBeTypeOf('string');
  } finally {
    delete (document as unknown as Record<string, unknown>)['prerendering'];
  }
});
