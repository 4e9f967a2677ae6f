import { deleteDB, openDB } from 'idb';
import { expect, test } from 'vitest';
import { countClicks, countsOf, event, storeContract } from './contract.case.ts';
import { openIndexedDbStore } from './indexedDbStore.ts';
import { openPageStore } from './pageStore.ts';
import { MemoryStore } from './memoryStore.ts';
import { SCHEMA_VERSION } from './schema.ts';

storeContract({ name: 'indexeddb', open: (name) => openIndexedDbStore(name) });
storeContract({ name: 'memory', open: () => new MemoryStore() });

const openPage = (name: string) => openPageStore(name, () => import('./wholeStore.ts'));
const freshName = () => `race-${crypto.randomUUID()}`;

test('two instances that race count every event once', async () => {
  const name = freshName();
  const tabs = [openIndexedDbStore(name), openIndexedDbStore(name)];
  const counted: string[] = [];
  const work = tabs.flatMap((store) =>
    Array.from({ length: 20 }, async (_, round) => {
      await store.append([event(`item-${round % 5}`), event('common')]);
      const { entries } = await store.advance('a', countClicks);
      counted.push(...entries.map((entry) => entry.event.id));
    }),
  );
  await Promise.all(work);
  expect(counted.length).toBe(80);
  expect(new Set(counted).size).toBe(80);
  for (const store of tabs) {
    const { records } = await store.advance('a', countClicks);
    expect(countsOf(records)['common']).toBe(40);
    expect(countsOf(records)['item-0']).toBe(8);
    store.close();
  }
});

test('the same ids delivered by two instances count once', async () => {
  const name = freshName();
  const tabs = [openPage(name), openPage(name)];
  const events = Array.from({ length: 30 }, () => event('x'));
  const added = await Promise.all(tabs.map((store) => store.append(events)));
  expect(added.sort((left, right) => left - right)).toEqual([0, 30]);
  tabs.forEach((store) => store.close());
});

test('an instance sees that another has moved the preferences, or forgotten them', async () => {
  const name = freshName();
  const [one, other] = [openIndexedDbStore(name), openIndexedDbStore(name)];
  await one.append([event('x')]);
  await one.advance('a', countClicks);
  await other.append([event('y')]);
  await other.advance('a', countClicks);
  const seen = await one.advance('a', countClicks);
  expect([seen.reloaded, seen.entries.length]).toEqual([true, 0]);
  expect(countsOf(seen.records)).toEqual({ x: 1, y: 1 });

  await other.forget();
  await other.append([event('z')]);
  await other.advance('a', countClicks);
  expect(countsOf((await one.advance('a', countClicks)).records)).toEqual({ z: 1 });
  one.close();
  other.close();
});

test('a crash between append and advance loses nothing and counts nothing twice', async () => {
  const name = freshName();
  const before = openIndexedDbStore(name);
  await before.append([event('x')]);
  await before.advance('a', countClicks);
  await before.append([event('x'), event('y')]);
  before.close();
  const after = openIndexedDbStore(name);
  expect(countsOf((await after.advance('a', countClicks)).records)).toEqual({ x: 2, y: 1 });
  after.close();
});

test('forgetting while the log is read leaves no trace, whichever comes first', async () => {
  for (let round = 0; round < 10; round++) {
    const name = freshName();
    const [page, worker] = [openPage(name), openIndexedDbStore(name)];
    await page.append([event('x'), event('y')]);
    const advancing = worker.advance('a', countClicks);
    await Promise.all(
      round % 2 ? [advancing, page.forget('x')] : [page.forget('x'), advancing, page.forget('x')],
    );
    expect(countsOf((await worker.advance('a', countClicks)).records)).toEqual({ y: 1 });
    expect(await worker.entries('x')).toEqual([]);
    page.close();
    worker.close();
  }
});

test('retiring by two instances at once counts nothing twice', async () => {
  const name = freshName();
  const tabs = [openIndexedDbStore(name), openIndexedDbStore(name)];
  await tabs[0].append(Array.from({ length: 50 }, () => event('x')));
  await tabs[0].advance('a', countClicks);
  const retention = { maxAgeDays: 3650, maxEvents: 10 };
  const now = 1_700_000_100_000;
  const left = await Promise.all(tabs.map((store) => store.retire(retention, now, countClicks)));
  expect(left.reduce((sum, count) => sum + count)).toBe(40);
  for (const store of tabs) {
    const { records } = await store.advance('b', countClicks);
    expect(records.get('x')).toMatchObject({ events: 50, retired: { events: 40 } });
    store.close();
  }
});

test('what another instance has counted is told by the next advance, whatever was read between', async () => {
  const name = freshName();
  const [mine, theirs] = [openIndexedDbStore(name), openIndexedDbStore(name)];
  await mine.append([event('x')]);
  await mine.advance('a', countClicks);
  await theirs.append([event('y')]);
  await theirs.advance('a', countClicks);
  await mine.retire({ maxAgeDays: 3650, maxEvents: 10 }, 1_700_000_100_000, countClicks);
  const result = await mine.advance('a', countClicks);
  expect(result).toMatchObject({ entries: [], reloaded: true });
  expect(countsOf(result.records)).toEqual({ x: 1, y: 1 });
  expect(await mine.advance('a', countClicks)).toMatchObject({ reloaded: false });
  for (const store of [mine, theirs]) store.close();
});

test('a deleted database is made anew by the next call', async () => {
  const name = freshName();
  const store = openIndexedDbStore(name);
  await store.append([event('x')]);
  // The store must give way, or this waits for ever.
  await deleteDB(name);
  expect(await store.append([event('y')])).toBe(1);
  expect(countsOf((await store.advance('a', countClicks)).records)).toEqual({ y: 1 });
  store.close();
});

test('a database of a later version is refused by name', async () => {
  const name = freshName();
  (await openDB(name, SCHEMA_VERSION + 1)).close();
  const store = openPage(name);
  await expect(store.append([event('x')])).rejects.toMatchObject({ code: 'storage-unavailable' });
  await expect(store.get('settings', 's')).rejects.toMatchObject({ code: 'storage-unavailable' });
  store.close();
});
