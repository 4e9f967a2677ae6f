import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SottoError } from '../errors.ts';
import type { FeedbackEvent } from '../events.ts';
import type { Options } from '../options.ts';
import { createRecommender } from '../recommender.ts';
import type { UpdateEvent } from './listeners.ts';
import type { Recommender } from './types.ts';

const WORKER = new URL('../worker/entry.case.ts', import.meta.url).href;
const KERNELS = new URL('/dist/sotto-kernels.wasm', location.href).href;

let name: string;
let running: Recommender[] = [];

beforeEach(() => {
  name = `recommender-${crypto.randomUUID()}`;
  sessionStorage.clear();
});
afterEach(() => {
  for (const recommender of running) recommender.destroy();
  running = [];
  vi.restoreAllMocks();
});

async function start(options: Partial<Options> = {}): Promise<Recommender> {
  const recommender = await createRecommender({
    model: '/demo/model/manifest.json',
    workerUrl: WORKER,
    kernelUrl: KERNELS,
    name,
    track: false,
    ...options,
  });
  running.push(recommender);
  return recommender;
}

/** The next update, or the next for one of `reasons`. */
function update(sotto: Recommender, ...reasons: UpdateEvent['reason'][]): Promise<UpdateEvent> {
  return new Promise((resolve) => {
    const stop = sotto.on('update', (event) => {
      if (reasons.length && !reasons.includes(event.reason)) return;
      stop();
      resolve(event);
    });
  });
}

const idsOf = (list: { itemId: string }[]) => list.map(({ itemId }) => itemId);
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: SottoError) => `${error.name} ${error.code}`,
  );

/** Every store of the database, as raw IndexedDB holds it. */
async function rawCounts(): Promise<Record<string, number>> {
  const database = await openDB(name);
  const counts: Record<string, number> = {};
  for (const store of database.objectStoreNames) counts[store] = await database.count(store);
  database.close();
  return counts;
}

describe('learning', () => {
  test('a click changes the list on the same page, and a new page keeps it', async () => {
    const sotto = await start();
    const before = await sotto.recommend({ count: 12 });
    expect(before.map(({ source }) => source)).toEqual(new Array(12).fill('trending'));
    const seen: FeedbackEvent[] = [];
    sotto.on('event', (event) => seen.push(event));

    const learned = update(sotto, 'learned');
    const id = sotto.track({ itemId: before[4].itemId, action: 'click' });
    expect(seen).toMatchObject([{ id, itemId: before[4].itemId }]);
    expect((await learned).report).toMatchObject({ events: 1, unknownItemIds: [] });
    const after = await sotto.recommend({ count: 12 });
    expect(after[0].source).toBe('personal');
    sotto.destroy();

    const next = await start();
    // Painted from what the page before has kept, while the worker opens.
    expect(idsOf(await next.recommend({ count: 12 }))).toEqual(idsOf(after));
    await update(next, 'ready');
    expect(idsOf(await next.recommend({ count: 12 }))).toEqual(idsOf(after));
    expect((await next.profile()).items.map(({ itemId }) => itemId)).toEqual([before[4].itemId]);
    expect((await next.explain(after[0].itemId)).contributions[0].itemId).toBe(before[4].itemId);
  });

  test('the list before the worker is ready is the kept one, for the same request only', async () => {
    const sotto = await start();
    await sotto.recommend({ count: 5 });
    await sotto.flush();
    sotto.destroy();
    const next = await start({ workerUrl: '/never-answers.js' });
    expect((await next.recommend({ count: 5 })).length).toBe(5);
    next.destroy();
    const third = await start({ workerUrl: '/not-there.js' });
    third.on('error', () => {});
    expect(await codeOf(third.recommend({ count: 6 }))).toBe('SottoError worker-unavailable');
  });

  test('events of one task are one batch; all are learned at flush', async () => {
    const sotto = await start();
    const [first, second] = await sotto.popular({ count: 2 });
    const reports: UpdateEvent[] = [];
    sotto.on('update', (event) => reports.push(event));
    for (let round = 0; round < 50; round++) {
      sotto.track({ itemId: round % 2 ? first.itemId : second.itemId, action: 'click' });
    }
    await sotto.flush();
    expect((await sotto.profile()).events).toBe(50);
    expect(reports.map(({ report }) => report?.events)).toEqual([50]);
    expect(sessionStorage.length).toBe(0);
    await sotto.flush();
    expect(reports.length).toBe(1);
  });

  test('an id delivered twice counts once', async () => {
    const sotto = await start();
    const [{ itemId }] = await sotto.popular({ count: 1 });
    for (let round = 0; round < 3; round++) sotto.track({ id: 'same', itemId, action: 'click' });
    await sotto.flush();
    sotto.track({ id: 'same', itemId, action: 'click' });
    await sotto.flush();
    expect((await sotto.profile()).events).toBe(1);
  });

  test('the journal of a page that ended too soon is replayed by id', async () => {
    const event = { itemId: '85048', action: 'click', timestamp: Date.now(), sessionId: 's' };
    const journal = [{ ...event, id: 'a' }, { ...event, id: 'b' }, { spoilt: true }];
    sessionStorage.setItem(`sotto:${name}:journal`, JSON.stringify(journal));
    const sotto = await start();
    await sotto.flush();
    expect((await sotto.profile()).events).toBe(2);
    expect(sessionStorage.length).toBe(0);
    sotto.destroy();
    for (const spoilt of ['{', '{"a":1}', 'null', '[null]']) {
      sessionStorage.setItem(`sotto:${name}:journal`, spoilt);
      const next = await start();
      await next.flush();
      expect((await next.profile()).events).toBe(2);
      next.destroy();
    }
  });

  test('a tracked event stands in the journal until it is durable', async () => {
    const sotto = await start();
    const id = sotto.track({ itemId: '85048', action: 'click' });
    expect(sessionStorage.getItem(`sotto:${name}:journal`)).toContain(id);
    await sotto.flush();
    expect(sessionStorage.length).toBe(0);
  });

  test('a session goes on from page to page', async () => {
    const sessions: string[] = [];
    for (let page = 0; page < 2; page++) {
      const sotto = await start();
      sotto.on('event', ({ sessionId }) => sessions.push(sessionId));
      sotto.track({ itemId: '85048', action: 'click' });
      await sotto.flush();
      if (page) await sotto.forget();
      sotto.track({ itemId: '85048', action: 'click' });
      await sotto.flush();
      sotto.destroy();
    }
    expect(sessions[0]).toBe(sessions[2]);
    expect(sessions[3]).not.toBe(sessions[0]);
  });
});

describe('lists', () => {
  test('similar, rank and popular', async () => {
    const sotto = await start();
    const popular = await sotto.popular({ count: 3, window: 'all' });
    expect(popular.map(({ rank, source }) => `${rank} ${source}`)).toEqual([
      '0 popular',
      '1 popular',
      '2 popular',
    ]);
    expect(popular[0].item.title).toBeTypeOf('string');
    const similar = await sotto.similar(popular[0].itemId, { count: 4 });
    expect(similar.length).toBe(4);
    expect(idsOf(similar)).not.toContain(popular[0].itemId);
    const ranked = await sotto.rank(idsOf(similar));
    expect(idsOf(ranked).sort()).toEqual(idsOf(similar).sort());
    expect(await sotto.rank([])).toEqual([]);
    expect(await codeOf(sotto.similar('nothing'))).toBe('SottoError unknown-item');
    expect(await codeOf(sotto.rank(['nothing']))).toBe('SottoError unknown-item');
    const last = await sotto.rank(['nothing', popular[0].itemId], { unknown: 'last' });
    expect(idsOf(last)).toEqual([popular[0].itemId, 'nothing']);
  });

  test('a function as filter gives as many as there are, and excluded items never come', async () => {
    const sotto = await start();
    const rare = await sotto.recommend({ count: 10, filter: (item) => Number(item.price) > 30 });
    expect(rare.length).toBe(10);
    expect(rare.every(({ item }) => Number(item.price) > 30)).toBe(true);
    expect(rare.map(({ rank }) => rank)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const [only] = rare;
    const one = await sotto.recommend({ count: 10, filter: (_, itemId) => itemId === only.itemId });
    expect(idsOf(one)).toEqual([only.itemId]);
    const without = await sotto.recommend({ count: 10, exclude: idsOf(rare) });
    expect(idsOf(without).some((id) => idsOf(rare).includes(id))).toBe(false);
    const thrown = sotto.recommend({
      filter: () => {
        throw new Error('the site is wrong');
      },
    });
    expect(await codeOf(thrown)).toBe('SottoError invalid-argument');
  });

  test.each([0, -1, NaN, 1e9, 1.5, '12'])('count of %s is refused by name', async (count) => {
    const sotto = await start();
    for (const call of [sotto.recommend, sotto.popular]) {
      await expect(call({ count: count as number })).rejects.toMatchObject({
        name: 'SottoError',
        code: 'invalid-argument',
        message: expect.stringContaining('count must be a whole number in [1, 1000]') as unknown,
      });
    }
  });

  test('bad options are refused, each with its name', async () => {
    const sotto = await start();
    const message = (promise: Promise<unknown>) =>
      promise.catch((error: SottoError) => `${error.code}: ${error.message}`);
    const bad = [
      [{ exclude: 'a' }, 'exclude'],
      [{ exclude: [1] }, 'exclude'],
      [{ filter: 'x' }, 'filter'],
      [{ diversity: 2 }, 'diversity'],
      [{ explore: -1 }, 'explore'],
    ] as const;
    for (const [options, argument] of bad) {
      expect(await message(sotto.recommend(options as never))).toMatch(
        `invalid-argument: ${argument} must be`,
      );
    }
    expect(await message(sotto.rank('x' as never))).toMatch('itemIds must be');
    expect(await message(sotto.rank(['x'], { unknown: 'x' as never }))).toMatch('unknown must be');
    expect(await message(sotto.popular({ window: 'x' as never }))).toMatch('window must be');
    expect(await message(sotto.similar(1 as never))).toMatch('itemId must be');
    expect(await message(sotto.forget(''))).toMatch('itemId must be');
    expect(await message(sotto.setConsent('maybe' as never))).toMatch('consent must be');
    expect(() => sotto.on('nothing' as never, () => {})).toThrow('type must be one of');
    expect(await codeOf(createRecommender({} as never))).toBe('SottoError invalid-argument');
    expect(await codeOf(createRecommender(undefined as never))).toBe('SottoError invalid-argument');
  });

  test('an aborted call rejects, before and after it began', async () => {
    const sotto = await start();
    expect(await codeOf(sotto.recommend({ signal: AbortSignal.abort() }))).toBe(
      'SottoError aborted',
    );
    const controller = new AbortController();
    const call = sotto.similar('85048', { signal: controller.signal });
    controller.abort();
    expect(await codeOf(call)).toBe('SottoError aborted');
    expect((await sotto.popular({ signal: new AbortController().signal })).length).toBe(12);
  });
});

describe('the visitor decides', () => {
  test('forget empties the database and brings back the new visitor', async () => {
    const sotto = await start();
    const before = idsOf(await sotto.recommend());
    sotto.track({ itemId: before[2], action: 'purchase' });
    await sotto.flush();
    expect(idsOf(await sotto.recommend())).not.toEqual(before);
    const forgotten = update(sotto, 'forgotten');
    await sotto.forget();
    await forgotten;
    expect(idsOf(await sotto.recommend({ count: 11 }))).toEqual(before.slice(0, 11));
    const { lists, ...rest } = await rawCounts();
    expect(rest).toEqual({ events: 0, preferences: 0, cursor: 0, settings: 0 });
    // Only the list just asked for.
    expect(lists).toBeLessThanOrEqual(1);
    expect((await sotto.exportData()).includes(before[2])).toBe(
      lists === 1 && before.slice(0, 11).includes(before[2]),
    );
  });

  test('forget of one item leaves the others, and what is tracked meanwhile stays', async () => {
    const sotto = await start();
    const [a, b] = idsOf(await sotto.popular({ count: 2 }));
    sotto.track({ itemId: a, action: 'click' });
    sotto.track({ itemId: b, action: 'click' });
    const forgetting = sotto.forget(a);
    const late = sotto.track({ itemId: a, action: 'click' });
    await forgetting;
    await sotto.flush();
    const lines = (await sotto.exportData()).trim().split('\n');
    const events = lines.map((line) => JSON.parse(line) as { item_id?: string; id?: string });
    expect(events.filter(({ item_id }) => item_id === a).map(({ id }) => id)).toEqual([late]);
    expect(events.filter(({ item_id }) => item_id === b).length).toBe(1);
  });

  test('pending: nothing is stored or learned, and granting it keeps what waited', async () => {
    const sotto = await start({ requireConsent: true });
    expect(sotto.consent).toBe('pending');
    const before = idsOf(await sotto.recommend());
    expect(sotto.track({ itemId: before[2], action: 'purchase' })).toBeTypeOf('string');
    await sotto.flush();
    expect(idsOf(await sotto.recommend())).toEqual(before);
    expect(sessionStorage.length).toBe(0);
    expect(await rawCounts()).toEqual({
      events: 0,
      preferences: 0,
      cursor: 0,
      lists: 0,
      settings: 0,
    });
    expect(await sotto.exportData()).toContain(before[2]);

    const granted = update(sotto, 'consent');
    await sotto.setConsent('granted');
    await granted;
    await sotto.flush();
    expect((await sotto.profile()).events).toBe(1);
    expect(idsOf(await sotto.recommend())).not.toEqual(before);
    sotto.destroy();
    expect((await start({ requireConsent: true })).consent).toBe('granted');
  });

  test('denied: everything goes, nothing comes, and forget keeps the refusal', async () => {
    const sotto = await start();
    const before = idsOf(await sotto.recommend());
    sotto.track({ itemId: before[2], action: 'purchase' });
    await sotto.flush();
    const told = update(sotto, 'consent');
    await sotto.setConsent('denied');
    await told;
    expect(sotto.track({ itemId: before[2], action: 'click' })).toBeNull();
    await sotto.flush();
    expect(idsOf(await sotto.recommend())).toEqual(before);
    await sotto.forget();
    expect(await rawCounts()).toEqual({
      events: 0,
      preferences: 0,
      cursor: 0,
      lists: 0,
      settings: 1,
    });
    sotto.destroy();
    expect((await start()).consent).toBe('denied');
  });

  test('a privacy signal counts as a refusal until the visitor chooses', async () => {
    const signal = vi.spyOn(navigator, 'doNotTrack', 'get').mockReturnValue('1');
    const sotto = await start();
    expect(sotto.consent).toBe('denied');
    sotto.destroy();
    expect((await start({ respectPrivacySignals: false, name: `${name}2` })).consent).toBe(
      'granted',
    );
    // Not the visitor's choice, so not kept.
    signal.mockReturnValue(null);
    const next = await start();
    expect(next.consent).toBe('granted');
    signal.mockReturnValue('1');
    await next.setConsent('granted');
    next.destroy();
    expect((await start()).consent).toBe('granted');
  });

  test('pause holds on this page and the next', async () => {
    const sotto = await start();
    sotto.pause();
    expect(sotto.track({ itemId: '85048', action: 'click' })).toBeNull();
    await sotto.flush();
    sotto.destroy();
    const next = await start();
    expect(next.paused).toBe(true);
    next.resume();
    expect(next.track({ itemId: '85048', action: 'click' })).toBeTypeOf('string');
  });

  test('disabled: nothing is kept, lists still come', async () => {
    const sotto = await start({ disabled: true });
    expect(sotto.track({ itemId: '85048', action: 'click' })).toBeNull();
    await sotto.setConsent('granted');
    expect(sotto.consent).toBe('denied');
    expect((await sotto.recommend()).length).toBe(12);
    const databases = (await indexedDB.databases()).map((database) => database.name);
    expect(databases).not.toContain(name);
  });
});

describe('two tabs', () => {
  test('learn from each other, forget and consent together', async () => {
    const [one, other] = [await start(), await start()];
    await Promise.all([one.ready, other.ready, update(other, 'ready')]);
    const before = idsOf(await other.recommend());

    const learned = update(other, 'learned');
    one.track({ itemId: before[3], action: 'click' });
    await learned;
    await one.flush();
    expect(idsOf(await other.recommend())).toEqual(idsOf(await one.recommend()));
    expect(idsOf(await other.recommend())).not.toEqual(before);

    const forgotten = update(other, 'forgotten');
    await one.forget();
    await forgotten;
    expect(idsOf(await other.recommend())).toEqual(before);

    const denied = update(other, 'consent');
    await one.setConsent('denied');
    await denied;
    expect(other.consent).toBe('denied');
    expect(other.track({ itemId: before[3], action: 'click' })).toBeNull();
  });
});

describe('what goes wrong', () => {
  test('a missing manifest: calls reject, tracking goes on', async () => {
    const sotto = await start({ model: '/nothing/manifest.json' });
    const errors: string[] = [];
    sotto.on('error', ({ code }) => errors.push(code));
    const code = await codeOf(sotto.ready);
    expect(code).toMatch(/manifest-(missing|invalid)/);
    expect(await codeOf(sotto.recommend())).toBe(code);
    expect(await codeOf(sotto.profile())).toBe(code);
    expect(await codeOf(sotto.flush())).toBe(code);
    sotto.track({ itemId: 'a', action: 'click' });
    expect(await codeOf(sotto.flush())).toBe(code);
    expect(await sotto.exportData()).toContain('"item_id":"a"');
    expect(errors.length).toBe(1);
    sotto.destroy();
    // Nothing of it was lost.
    const next = await start();
    await next.flush();
    expect((await next.profile()).events).toBe(1);
  });

  test('a missing worker: worker-unavailable, tracking goes on', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const sotto = await start({ workerUrl: '/not-there.js' });
    expect(await codeOf(sotto.ready)).toBe('SottoError worker-unavailable');
    expect(await codeOf(sotto.recommend())).toBe('SottoError worker-unavailable');
    sotto.track({ itemId: 'a', action: 'click' });
    await codeOf(sotto.flush());
    expect((await rawCounts()).events).toBe(1);
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn.mock.lastCall?.[0]).toContain('worker-unavailable');
    await sotto.forget();
    expect((await rawCounts()).events).toBe(0);
  });

  test('bad events: null and an error, no throw', async () => {
    const sotto = await start();
    const messages: string[] = [];
    sotto.on('error', ({ code, message }) => messages.push(`${code}: ${message}`));
    const bad = [
      undefined,
      null,
      {},
      { itemId: '', action: 'click' },
      { itemId: 7, action: 'click' },
      { itemId: 'x'.repeat(513), action: 'click' },
      { itemId: 'x', action: '' },
      { itemId: 'x', action: 'click', timestamp: NaN },
      { itemId: 'x', action: 'click', timestamp: Date.now() * 2 },
      { itemId: 'x', action: 'click', value: '1' },
      { itemId: 'x', action: 'click', position: -1 },
    ];
    for (const event of bad) expect(sotto.track(event as never)).toBeNull();
    expect(messages.length).toBe(bad.length);
    expect(messages.every((message) => message.startsWith('invalid-argument: '))).toBe(true);
    await sotto.flush();
    expect((await sotto.profile()).events).toBe(0);
  });

  test('an unknown item is an error, and stays in the log', async () => {
    const sotto = await start();
    const codes: string[] = [];
    sotto.on('error', ({ code }) => codes.push(code));
    await sotto.ready;
    sotto.track({ itemId: 'no such item', action: 'click' });
    await sotto.flush();
    expect(codes).toEqual(['unknown-item']);
    expect(await sotto.exportData()).toContain('no such item');
  });

  test("a listener's error is its own", async () => {
    const reported = new Promise((resolve) =>
      window.addEventListener(
        'error',
        (event) => {
          event.preventDefault();
          resolve(event.error);
        },
        { once: true },
      ),
    );
    const sotto = await start();
    sotto.on('event', () => {
      throw new Error('the site is wrong');
    });
    const seen: string[] = [];
    sotto.on('event', ({ itemId }) => seen.push(itemId));
    expect(sotto.track({ itemId: 'a', action: 'click' })).toBeTypeOf('string');
    expect(seen).toEqual(['a']);
    expect(await reported).toMatchObject({ message: 'the site is wrong' });
  });

  test('IndexedDB refused: one warning, and all goes on in memory', async () => {
    vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('refused', 'SecurityError');
    });
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const sotto = await start();
    expect((await sotto.ready).storage).toBe('memory');
    const before = idsOf(await sotto.recommend());
    sotto.track({ itemId: before[2], action: 'click' });
    await sotto.flush();
    expect(idsOf(await sotto.recommend())).not.toEqual(before);
    expect((await sotto.profile()).events).toBe(1);
    expect(await sotto.exportData()).toContain(before[2]);
    await sotto.forget();
    expect(idsOf(await sotto.recommend())).toEqual(before);
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn.mock.lastCall?.[0]).toContain('storage-unavailable');
  });

  test('IndexedDB dies under way: the event at hand is learned all the same', async () => {
    const sotto = await start();
    const before = idsOf(await sotto.recommend());
    const codes: string[] = [];
    sotto.on('error', ({ code }) => codes.push(code));
    vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(() => {
      throw new DOMException('the connection is lost', 'InvalidStateError');
    });
    const id = sotto.track({ itemId: before[2], action: 'click' });
    await sotto.flush();
    expect(codes).toEqual(['storage-unavailable']);
    expect((await sotto.profile()).model.storage).toBe('memory');
    expect(idsOf(await sotto.recommend())).not.toEqual(before);
    expect(await sotto.exportData()).toContain(id);
  });

  test('who asks again on the first update is given a new list, not the kept one', async () => {
    const first = await start();
    const kept = idsOf(await first.recommend());
    first.track({ itemId: kept[2], action: 'purchase' });
    await first.flush();
    first.destroy();

    const next = await start();
    const painted = await next.recommend();
    const asked = new Promise<Awaited<typeof painted>>((resolve) => {
      next.on('update', () => resolve(next.recommend()));
    });
    expect(idsOf(painted)).toEqual(kept);
    expect(idsOf(await asked)).not.toEqual(kept);
  });

  test('what one page could keep in memory only, the next one puts into its database', async () => {
    const opened = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
      throw new DOMException('refused', 'SecurityError');
    });
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    const sotto = await start();
    const kept = sotto.track({ itemId: '85048', action: 'click' });
    sotto.track({ itemId: '22423', action: 'click' });
    await sotto.flush();
    await sotto.forget('22423');
    sotto.destroy();
    opened.mockRestore();

    const next = await start();
    await next.flush();
    expect((await next.ready).storage).toBe('indexeddb');
    const lines = (await next.exportData()).trim().split('\n');
    expect(lines.filter((line) => line.includes('item_id'))).toHaveLength(1);
    expect(lines.join()).toContain(kept);
    await next.forget();
    expect(sessionStorage).toHaveLength(0);
  });

  test('sessionStorage refused: works without', async () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('refused', 'SecurityError');
    });
    const sotto = await start();
    sotto.track({ itemId: '85048', action: 'click' });
    await sotto.flush();
    expect((await sotto.profile()).events).toBe(1);
  });

  test('after destroy calls reject, and the last event is kept', async () => {
    const controller = new AbortController();
    const sotto = await start({ signal: controller.signal });
    sotto.track({ itemId: '85048', action: 'click' });
    const waiting = codeOf(sotto.recommend());
    controller.abort();
    sotto.destroy();
    expect(await waiting).toBe('SottoError destroyed');
    expect(sotto.track({ itemId: '85048', action: 'click' })).toBeNull();
    for (const call of [sotto.recommend, sotto.profile, sotto.forget, sotto.flush] as const) {
      expect(await codeOf((call as () => Promise<unknown>)())).toBe('SottoError destroyed');
    }
    expect(await codeOf(sotto.setConsent('granted'))).toBe('SottoError destroyed');
    expect((await rawCounts()).events).toBe(1);
  });
});

test('the export is JSON Lines in the common log form', async () => {
  const sotto = await start();
  const timestamp = Date.now() - 1000;
  const id = sotto.track({
    itemId: '85048',
    action: 'cart',
    timestamp,
    listId: 'top',
    position: 3,
  });
  sotto.pause();
  await sotto.flush();
  const lines = (await sotto.exportData()).split('\n');
  expect(lines.pop()).toBe('');
  const parsed = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(parsed[0]).toMatchObject({
    user_id: 'anonymous',
    item_id: '85048',
    action: 'cart',
    timestamp: new Date(timestamp).toISOString(),
    id,
    listId: 'top',
    position: 3,
  });
  expect(new Set(parsed.slice(1).map(({ type }) => type))).toEqual(
    new Set(['preference', 'setting', 'cursor']),
  );
});
