import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FIRST_SHARD_ROWS, SHARD_ROWS } from '../model/artifact/shards.ts';
import { openIndexedDbStore } from '../store/indexedDbStore.ts';
import type { Notice, OpenRequest, WorkerApi } from './api.ts';
import { LIST as TWELVE, openRequest, valueOf } from './openRequest.case.ts';
import { createPublisher, publishedModel } from './publish.case.ts';
import { createService } from './service.ts';

const LIST = { ...TWELVE, count: 5 };
const ROWS = FIRST_SHARD_ROWS + SHARD_ROWS + 300;

let publisher: ReturnType<typeof createPublisher>;
let databaseName: string;
let names = 0;
const services: WorkerApi[] = [];

beforeEach(() => {
  publisher = createPublisher();
  databaseName = `stages-test-${names++}-${Date.now()}`;
});

afterEach(async () => {
  for (const service of services.splice(0)) await service.close();
  publisher.restore();
  await caches.delete(databaseName);
});

const requestOf = (part: Partial<OpenRequest> = {}): OpenRequest =>
  openRequest({ manifestUrl: publisher.manifestUrl, databaseName, ...part });

/** A service in this very thread, and what it has said unasked. */
function start() {
  const notices: Notice[] = [];
  const service = createService((notice) => notices.push(notice));
  services.push(service);
  return { service, notices };
}

/** Opens, and waits until the model is whole and kept. */
async function openWhole(part: Partial<OpenRequest> = {}) {
  const started = start();
  const info = valueOf(await started.service.open(requestOf(part)));
  valueOf(await started.service.profile());
  return { ...started, info };
}

const keptNames = async () =>
  (await (await caches.open(databaseName)).keys()).map(({ url }) => url.split('/').pop()).sort();

/** The kept files are those of the published folder. */
const expectKept = () =>
  expect.poll(keptNames, { timeout: 5000 }).toEqual([...publisher.files.keys()].sort());

let events = 0;
const click = (itemId: string) => ({
  id: `e${events++}`,
  itemId,
  action: 'click',
  timestamp: Date.now(),
  sessionId: 's',
});

describe('a model in shards', () => {
  it.each(['auto', 'webgpu'] as const)(
    'recommends from the first shards while the rest is on its way, then from all: %s',
    async (retrieval) => {
      publisher.publish(await publishedModel({ rows: ROWS }));
      const manifest = JSON.parse(publisher.files.get('manifest.json') as string) as {
        files: { name: string; firstRow: number }[];
      };
      const later = new Set(
        manifest.files.filter(({ firstRow }) => firstRow > 0).map(({ name }) => name),
      );
      const letThrough = publisher.holdBack((name) => later.has(name));
      const { service, notices } = start();
      const info = valueOf(await service.open(requestOf({ storage: 'memory', retrieval })));
      expect(info.items).toBe(ROWS);
      const first = valueOf(await service.recommend(LIST));
      expect(first.map(({ itemId }) => itemId)).toEqual(
        [0, 1, 2, 3, 4].map((row) => `item-${row}`),
      );
      expect(notices).toEqual([]);
      // What the first items cannot answer waits for the rest.
      const beyond = valueOf(await service.learn([click('item-3')]));
      expect(beyond).toMatchObject({ events: 1, unknownItemIds: [] });
      let isAnswered = false;
      const long = service.recommend({ ...LIST, count: ROWS }).finally(() => (isAnswered = true));
      const last = service.similar(`item-${ROWS - 1}`, LIST);
      const learned = service.learn([click(`item-${ROWS - 1}`), click('nothing')]);
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(isAnswered).toBe(false);
      letThrough();
      expect(valueOf(await long)).toHaveLength(ROWS);
      expect(valueOf(await last)).toHaveLength(5);
      expect(valueOf(await learned)).toMatchObject({ unknownItemIds: ['nothing'] });
      expect(notices).toEqual([{ value: null }]);
      const { items, model } = valueOf(await service.profile());
      expect(model).toMatchObject({ retrieval: retrieval === 'auto' ? info.retrieval : 'webgpu' });
      expect(model.warnings).toEqual([]);
      expect(items.map(({ itemId }) => itemId).sort()).toEqual(
        ['item-3', `item-${ROWS - 1}`, 'nothing'].sort(),
      );
      // Both clicks were learned: item-3 + 16·n and the last one's kind lead.
      const [best] = valueOf(await service.recommend(LIST));
      expect(best.source).toBe('personal');
    },
  );

  it('serves the first shards on when a later one is damaged, and says so', async () => {
    publisher.publish(await publishedModel({ rows: ROWS }));
    const shards = [...publisher.files.keys()].filter((name) => name.startsWith('ids-'));
    publisher.files.set(shards[2], '["short"]');
    const { service, notices } = start();
    valueOf(await service.open(requestOf({ storage: 'memory' })));
    expect(await service.popular('all', LIST)).toMatchObject({
      ok: false,
      error: { code: 'file-truncated' },
    });
    expect(valueOf(await service.recommend(LIST))).toHaveLength(5);
    expect(notices).toMatchObject([{ value: { code: 'file-truncated' } }]);
  });
});

/** Those of a manifest that a first answer does not need. */
function laterFiles(): (name: string) => boolean {
  const { files } = JSON.parse(publisher.files.get('manifest.json') as string) as {
    files: { name: string; firstRow: number }[];
  };
  const later = new Set(files.filter(({ firstRow }) => firstRow > 0).map(({ name }) => name));
  return (name) => later.has(name);
}

it('calls nothing unknown before the rest has come', async () => {
  publisher.publish(await publishedModel({ rows: ROWS }));
  const letThrough = publisher.holdBack(laterFiles());
  const page = openIndexedDbStore(databaseName);
  const coming = [click(`item-${ROWS - 1}`), click('nothing')];
  const { service } = start();
  valueOf(await service.open(requestOf()));
  expect(valueOf(await service.anticipate(coming))).toMatchObject({ unknownItemIds: [] });
  await page.append(coming);
  page.close();
  const learned = service.learn([], []);
  letThrough();
  expect(valueOf(await learned)).toMatchObject({ events: 2, unknownItemIds: ['nothing'] });
  const again = [click(`item-${ROWS - 2}`), click('nothing')];
  expect(valueOf(await service.anticipate(again))).toMatchObject({ unknownItemIds: ['nothing'] });
});

it('counts what the first items did not know while it opened as known by the rest', async () => {
  publisher.publish(await publishedModel({ rows: ROWS }));
  const page = openIndexedDbStore(databaseName);
  await page.append([click(`item-${ROWS - 1}`), click('nothing')]);
  page.close();
  const { service, notices } = start();
  valueOf(await service.open(requestOf()));
  // A page on a slow device asks for the first time once all of it is there.
  await expect.poll(() => notices, { timeout: 5000 }).toEqual([{ value: null }]);
  expect(valueOf(await service.learn())).toMatchObject({ unknownItemIds: ['nothing'] });
});

describe('a model that is published anew while a page opens it', () => {
  const modelIdOf = () =>
    (JSON.parse(publisher.files.get('manifest.json') as string) as { modelId: string }).modelId;

  it('gives way to what is there now, when the rest of it is gone', async () => {
    publisher.publish(await publishedModel({ rows: ROWS }));
    const letThrough = publisher.holdBack(laterFiles());
    const { service, notices } = start();
    const info = valueOf(await service.open(requestOf()));
    publisher.publish(await publishedModel({ rows: ROWS, taste: 1, title: 'Other' }));
    letThrough();
    await expect
      .poll(() => notices, { timeout: 5000 })
      .toMatchObject([{ value: { code: 'file-missing' } }, { value: null }]);
    const { model } = valueOf(await service.profile());
    expect(model.modelId).toBe(modelIdOf());
    expect(model.modelId).not.toBe(info.modelId);
    expect(valueOf(await service.popular('all', LIST))).toHaveLength(5);
    await expectKept();
  });

  it('is what is there now, when none of its files was there any more', async () => {
    publisher.publish(await publishedModel({ rows: 300 }));
    const letThrough = publisher.holdBack((name) => name !== 'manifest.json');
    const { service, notices } = start();
    const opening = service.open(requestOf());
    await expect.poll(() => publisher.takeAsked().length).toBeGreaterThan(1);
    publisher.publish(await publishedModel({ rows: 300, taste: 1, title: 'Other' }));
    letThrough();
    expect(valueOf(await opening).modelId).toBe(modelIdOf());
    expect(notices).toEqual([]);
    await expectKept();
  });

  it('fails with the reason where nothing else is there', async () => {
    publisher.publish(await publishedModel({ rows: 300 }));
    publisher.files.delete([...publisher.files.keys()].find((name) => name.startsWith('ids'))!);
    const { service } = start();
    expect(await service.open(requestOf())).toMatchObject({ error: { code: 'file-missing' } });
  });
});

describe('a kept model', () => {
  it('starts without a byte from the network, then looks whether it is still the published one', async () => {
    publisher.publish(await publishedModel({ rows: ROWS }));
    await openWhole();
    await expectKept();
    publisher.takeAsked();
    const letThrough = publisher.holdBack(() => true);
    const { service, notices } = await openWhole();
    expect(valueOf(await service.popular('all', LIST))).toHaveLength(5);
    expect(publisher.takeAsked()).toEqual(['manifest.json']);
    letThrough();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(publisher.takeAsked()).toEqual([]);
    // One notice: the whole after the first shards.
    expect(notices).toEqual([{ value: null }]);
  });

  it('works offline', async () => {
    publisher.publish(await publishedModel({ rows: 300 }));
    await openWhole();
    await expectKept();
    publisher.setOnline(false);
    const { service, notices } = await openWhole();
    expect(valueOf(await service.recommend(LIST))).toHaveLength(5);
    await expect.poll(() => notices).toMatchObject([{ value: { code: 'manifest-missing' } }]);
  });

  it('gives way to a newer one between two calls; only what differs is fetched', async () => {
    publisher.publish(await publishedModel({ rows: ROWS }));
    const first = await openWhole();
    await expectKept();
    valueOf(await first.service.close());
    const old = new Set(publisher.files.keys());
    publisher.publish(
      await publishedModel({ rows: ROWS, taste: 1, firstOfTaste: FIRST_SHARD_ROWS + SHARD_ROWS }),
    );
    const changed = [...publisher.files.keys()].filter((name) => !old.has(name));
    expect(changed.map((name) => name.split('-')[0]).sort()).toEqual(['factors', 'gram']);
    publisher.takeAsked();
    const { service, notices, info } = await openWhole();
    await expect.poll(() => notices, { timeout: 5000 }).toEqual([{ value: null }, { value: null }]);
    expect(publisher.takeAsked().sort()).toEqual([...changed, 'manifest.json'].sort());
    expect(valueOf(await service.profile()).model.modelId).not.toBe(info.modelId);
    await expectKept();
  });

  it('replays the log onto the newer one', async () => {
    publisher.publish(await publishedModel({ rows: 320 }));
    const { service: one } = await openWhole();
    await expectKept();
    valueOf(await one.close());
    publisher.publish(await publishedModel({ rows: 320, taste: 3 }));
    const letThrough = publisher.holdBack(() => true);
    const { service, notices } = start();
    valueOf(await service.open(requestOf()));
    const page = openIndexedDbStore(databaseName);
    await page.append([click('item-5')]);
    page.close();
    valueOf(await service.learn());
    // Alike are the items of the same axis, which is another one in the newer model.
    const before = valueOf(await service.explain('item-21')).contributions;
    expect(before.map(({ itemId }) => itemId)).toEqual(['item-5']);
    letThrough();
    await expect.poll(() => notices).toEqual([{ value: null }]);
    const after = valueOf(await service.explain('item-21'));
    expect(after.contributions.map(({ itemId }) => itemId)).toEqual(['item-5']);
    expect(valueOf(await service.recommend(LIST))[0].source).toBe('personal');
  });

  it('stays in service when the newer one does not verify', async () => {
    publisher.publish(await publishedModel({ rows: 300 }));
    const { info } = await openWhole();
    await expectKept();
    const kept = await keptNames();
    publisher.publish(await publishedModel({ rows: 300, taste: 1 }));
    const factors = [...publisher.files.keys()].find((name) => name.startsWith('factors-')) ?? '';
    publisher.files.set(factors, new Uint8Array(300 * 16));
    const { service, notices } = await openWhole();
    await expect.poll(() => notices).toMatchObject([{ value: { code: 'file-corrupt' } }]);
    expect(valueOf(await service.profile()).model.modelId).toBe(info.modelId);
    expect(valueOf(await service.recommend(LIST))).toHaveLength(5);
    expect(await keptNames()).toEqual(expect.arrayContaining(kept));
    // And the next start still has it.
    publisher.setOnline(false);
    expect((await openWhole()).info.modelId).toBe(info.modelId);
  });

  it('is mended from the network when a kept file is damaged', async () => {
    publisher.publish(await publishedModel({ rows: 300 }));
    await openWhole();
    await expectKept();
    const cache = await caches.open(databaseName);
    const [damaged] = (await cache.keys()).filter(({ url }) => url.includes('factors-'));
    await cache.put(damaged, new Response(new Uint8Array(10)));
    publisher.takeAsked();
    const { service } = await openWhole();
    expect(valueOf(await service.recommend(LIST))).toHaveLength(5);
    expect(publisher.takeAsked()).toContain(damaged.url.split('/').pop());
  });

  it('is not kept without a database, and does not come back after the cache was deleted', async () => {
    publisher.publish(await publishedModel({ rows: 300 }));
    await openWhole({ storage: 'memory' });
    expect(await caches.has(databaseName)).toBe(false);
    await openWhole();
    await caches.delete(databaseName);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await caches.has(databaseName)).toBe(false);
  });
});
