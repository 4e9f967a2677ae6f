import { wrap, type Remote } from 'comlink';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BUILD } from '../build.ts';
import type { FeedbackEvent } from '../events.ts';
import { openIndexedDbStore } from '../store/indexedDbStore.ts';
import type { OpenRequest, PageApi } from './api.ts';
import { LIST, openRequest, valueOf } from './openRequest.case.ts';

const MODEL = new URL('/demo/model/manifest.json', location.href).href;
const KERNELS = new URL('/dist/sotto-kernels.wasm', location.href).href;

let names = 0;
let databaseName: string;
const workers: Worker[] = [];

beforeEach(() => {
  databaseName = `service-test-${names++}`;
});

afterEach(() => {
  for (const worker of workers.splice(0)) worker.terminate();
});

function start(): Remote<PageApi> {
  const worker = new Worker(new URL('./entry.case.ts', import.meta.url), { type: 'module' });
  workers.push(worker);
  return wrap<PageApi>(worker);
}

const requestOf = (part: Partial<OpenRequest> = {}): OpenRequest =>
  openRequest({ manifestUrl: MODEL, databaseName, ...part });

async function opened(part: Partial<OpenRequest> = {}): Promise<Remote<PageApi>> {
  const service = start();
  valueOf(await service.open(requestOf(part)));
  return service;
}

let events = 0;
function event(itemId: string, action = 'click'): FeedbackEvent {
  return { id: `e${events++}`, itemId, action, timestamp: Date.now(), sessionId: 's' };
}

const idsOf = (list: { itemId: string }[]) => list.map(({ itemId }) => itemId);

describe('the worker', () => {
  it('opens a model and says what serves', async () => {
    const info = valueOf(await start().open(requestOf()));
    expect(info).toMatchObject({ retrieval: 'wasm', learner: 'closed-form', warnings: [] });
    expect(info.items).toBeGreaterThan(4000);
    for (const ms of Object.values(info.timings)) expect(ms).toBeGreaterThanOrEqual(0);
  });

  it('learns from the log that the page writes, each event once', async () => {
    const service = await opened();
    const before = valueOf(await service.recommend(LIST));
    expect(before.map(({ source }) => source)).toEqual(new Array(12).fill('trending'));
    const page = openIndexedDbStore(databaseName);
    await page.append([event(before[3].itemId)]);
    expect(valueOf(await service.learn())).toMatchObject({ events: 1, changed: true });
    expect(valueOf(await service.learn())).toMatchObject({ events: 0, changed: false });
    const after = valueOf(await service.recommend(LIST));
    expect(after[0].source).toBe('personal');
    expect(idsOf(after)).not.toContain(before[3].itemId);
    // A second worker on the same log comes to the same list.
    expect(idsOf(valueOf(await (await opened()).recommend(LIST)))).toEqual(idsOf(after));
    page.close();
  });

  it('learns what is on its way into the log, and no longer once that is not', async () => {
    const service = await opened();
    const before = valueOf(await service.recommend(LIST));
    const page = openIndexedDbStore(databaseName);
    const [clicked, lost] = [event(before[3].itemId), event(before[5].itemId)];

    const unknown = event('nowhere', 'impression');
    const report = valueOf(await service.anticipate([clicked, clicked, lost, unknown]));
    expect(report).toMatchObject({ changed: true, unknownItemIds: ['nowhere'] });
    expect(valueOf(await service.anticipate([clicked, lost]))).toMatchObject({ changed: false });
    const both = valueOf(await service.recommend(LIST));
    expect(both[0].source).toBe('personal');
    const [{ events: counted }] = valueOf(await service.profile()).items;
    expect(counted).toBe(1);
    expect((await page.contents()).preferences).toEqual([]);

    await page.append([clicked]);
    // A page hears a little late that it is there.
    const landed = valueOf(await service.learn([], [clicked, lost]));
    expect(landed).toMatchObject({ events: 1, changed: false });
    expect(idsOf(valueOf(await service.recommend(LIST)))).toEqual(idsOf(both));
    expect(valueOf(await service.anticipate([clicked, lost]))).toMatchObject({ changed: false });

    expect(valueOf(await service.learn([], []))).toMatchObject({ events: 0, changed: true });
    expect(valueOf(await service.profile()).items).toMatchObject([{ itemId: clicked.itemId }]);
    const after = idsOf(valueOf(await service.recommend(LIST)));
    expect(after).toEqual(idsOf(valueOf(await (await opened()).recommend(LIST))));
    page.close();
  });

  it('lets go of what is past retention once it is open, still counted', async () => {
    const page = openIndexedDbStore(databaseName);
    const [first] = valueOf(await (await opened()).recommend(LIST));
    const monthMs = 30 * 86_400_000;
    await page.append([{ ...event(first.itemId), timestamp: Date.now() - 2 * monthMs }]);
    const service = await opened({ retentionDays: 30 });
    await expect.poll(async () => valueOf(await service.events())).toEqual([]);
    expect(valueOf(await service.profile()).items).toMatchObject([{ itemId: first.itemId }]);
    expect(valueOf(await service.recommend(LIST))[0].source).toBe('personal');
    page.close();
  });

  it('has nothing new to show for impressions, but counts them', async () => {
    const service = await opened({ storage: 'memory' });
    const [first] = valueOf(await service.recommend(LIST));
    const seen = event(first.itemId, 'impression');
    expect(valueOf(await service.learn([seen]))).toMatchObject({ events: 1, changed: false });
    expect(valueOf(await service.learn([event(first.itemId)]))).toMatchObject({ changed: true });
    expect(valueOf(await service.profile()).items[0]).toMatchObject({ events: 2 });
  });

  it('learns from events handed over when there is no database', async () => {
    const service = await opened({ storage: 'memory' });
    const [first] = valueOf(await service.recommend(LIST));
    const clicked = event(first.itemId);
    expect(valueOf(await service.learn([clicked, clicked]))).toMatchObject({ events: 1 });
    expect(valueOf(await service.events())).toEqual([clicked]);
    expect(valueOf(await service.recommend(LIST))[0].source).toBe('personal');
    valueOf(await service.forget());
    expect(valueOf(await service.recommend(LIST))[0].source).toBe('trending');
    expect(valueOf(await service.events())).toEqual([]);
  });

  it('unlearns one item as if it had never been seen', async () => {
    const service = await opened({ storage: 'memory' });
    const [kept, dropped] = idsOf(valueOf(await service.recommend(LIST)));
    valueOf(await service.learn([event(kept)]));
    const without = valueOf(await service.recommend(LIST));
    valueOf(await service.learn([event(dropped, 'purchase')]));
    expect(idsOf(valueOf(await service.recommend(LIST)))).not.toEqual(idsOf(without));
    valueOf(await service.forget(dropped));
    expect(idsOf(valueOf(await service.recommend(LIST)))).toEqual(idsOf(without));
  });

  it('answers the same with the TypeScript engine where the kernel cannot be had', async () => {
    const fast = await opened();
    const service = start();
    const info = valueOf(await service.open(requestOf({ kernelUrl: `${KERNELS}.missing` })));
    expect(info.retrieval).toBe('typescript');
    expect(info.warnings.map(({ code }) => code)).toEqual(['wasm-unavailable']);
    const page = openIndexedDbStore(databaseName);
    await page.append(idsOf(valueOf(await fast.recommend(LIST))).map((id) => event(id)));
    valueOf(await fast.learn());
    valueOf(await service.learn());
    // The list, not the scores: the two learned a millisecond apart, which decay shows.
    expect(idsOf(valueOf(await service.recommend(LIST)))).toEqual(
      idsOf(valueOf(await fast.recommend(LIST))),
    );
    page.close();
  });

  it.each(['webgpu', 'typescript'] as const)('ranks on %s when asked to', async (retrieval) => {
    const usual = await opened({ storage: 'memory' });
    const service = start();
    const info = valueOf(await service.open(requestOf({ storage: 'memory', retrieval })));
    expect(info).toMatchObject({ retrieval, warnings: [] });
    const [first] = idsOf(valueOf(await service.recommend(LIST)));
    for (const one of [usual, service]) valueOf(await one.learn([event(first)]));
    const lists = async (one: Remote<PageApi>) => [
      idsOf(valueOf(await one.recommend(LIST))),
      idsOf(valueOf(await one.recommend({ ...LIST, count: 1000, times: 5 }))),
      valueOf(await one.similar(first, { ...LIST, exclude: [first] })),
    ];
    expect(await lists(service)).toEqual(await lists(usual));
    expect(valueOf(await service.profile()).model.retrieval).toBe(retrieval);
    valueOf(await service.close());
  });

  it('shares one device between learning and ranking', async () => {
    const service = start();
    const both = { storage: 'memory', learner: 'gradient', retrieval: 'webgpu' } as const;
    const info = valueOf(await service.open(requestOf(both)));
    expect(info, JSON.stringify(info.warnings)).toMatchObject({ retrieval: 'webgpu' });
    const [first] = idsOf(valueOf(await service.recommend(LIST)));
    valueOf(await service.learn([event(first)]));
    const list = valueOf(await service.recommend(LIST));
    expect(list.map(({ source }) => source)).toEqual(new Array(12).fill('personal'));
  });

  it('explains, profiles, ranks and finds similar items', async () => {
    const service = await opened({ storage: 'memory' });
    const [first, ...others] = idsOf(valueOf(await service.recommend(LIST)));
    valueOf(await service.learn([event(first, 'purchase')]));
    const [best] = valueOf(await service.recommend(LIST));
    const explanation = valueOf(await service.explain(best.itemId));
    expect(explanation.contributions[0].itemId).toBe(first);
    const parts = explanation.contributions.reduce((sum, { score }) => sum + score, 0);
    expect(parts + explanation.prior).toBeCloseTo(best.score, 9);
    const profile = valueOf(await service.profile());
    expect(profile).toMatchObject({ events: 1, items: [{ itemId: first, events: 1 }] });
    expect(profile.distance).toBeGreaterThan(0);
    expect(profile.timings?.total).toBeGreaterThan(0);
    const similar = valueOf(await service.similar(first, LIST));
    expect(similar).toHaveLength(12);
    expect(idsOf(similar)).not.toContain(first);
    const lesser = others.filter((itemId) => itemId !== best.itemId)[0];
    const ranked = valueOf(
      await service.rank({ ...LIST, itemIds: [lesser, best.itemId], unknown: 'reject' }),
    );
    expect(idsOf(ranked)).toEqual([best.itemId, lesser]);
  });

  it('names what it does not know', async () => {
    const service = await opened({ storage: 'memory' });
    const report = valueOf(await service.learn([event('no such item')]));
    expect(report.unknownItemIds).toEqual(['no such item']);
    expect(valueOf(await service.events())).toHaveLength(1);
    const unknown = { ok: false, error: { code: 'unknown-item' } };
    expect(await service.similar('no such item', LIST)).toMatchObject(unknown);
    expect(await service.explain('no such item')).toMatchObject(unknown);
    const [known] = idsOf(valueOf(await service.recommend(LIST)));
    const itemIds = ['no such item', known];
    expect(await service.rank({ ...LIST, itemIds, unknown: 'reject' })).toMatchObject(unknown);
    const ranked = valueOf(await service.rank({ ...LIST, itemIds, unknown: 'last' }));
    expect(idsOf(ranked)).toEqual([known, 'no such item']);
  });

  it('names what it did not know when it opened, once', async () => {
    const page = openIndexedDbStore(databaseName);
    await page.append([event('no such item')]);
    const service = await opened();
    expect(valueOf(await service.learn()).unknownItemIds).toEqual(['no such item']);
    expect(valueOf(await service.learn()).unknownItemIds).toEqual([]);
    page.close();
  });

  it('fills every list as far as the catalogue goes', async () => {
    const service = await opened();
    const { items } = valueOf(await service.profile()).model;
    for (const list of [
      await service.recommend({ ...LIST, count: 1000, times: 10 }),
      await service.popular({ ...LIST, window: 'all', count: 1000, times: 10 }),
    ]) {
      expect(new Set(idsOf(valueOf(list))).size).toBe(items);
    }
    const cheap = valueOf(await service.recommend({ ...LIST, filter: { price: { max: 1 } } }));
    expect(cheap).toHaveLength(12);
    for (const { item } of cheap) expect(item.price).toBeLessThanOrEqual(1);
  });

  it('refuses a page of another build, and calls before a model is open', async () => {
    const service = start();
    expect(await service.recommend(LIST)).toMatchObject({ ok: false, error: { code: 'internal' } });
    const refused = await service.open({ ...requestOf(), build: '9.9.9+of-tomorrow' });
    expect(refused).toMatchObject({ ok: false, error: { code: 'version-unsupported' } });
    // Whoever reads it must see which two have met.
    for (const name of ['9.9.9+of-tomorrow', BUILD]) {
      expect(!refused.ok && refused.error.message).toContain(name);
    }
    // One from before there were builds names none.
    const { build: _, ...older } = { ...requestOf(), protocol: 1 };
    expect(await service.open(older as unknown as OpenRequest)).toMatchObject({
      ok: false,
      error: { code: 'version-unsupported' },
    });
  });

  it('goes on answering, once, when its file is evaluated again under another address', async () => {
    const entry = new URL('./entry.ts', import.meta.url).href;
    // The test runner's own calls, in the place of dynamic imports, are offered by the other file.
    const runner = new URL('./entry.case.ts', import.meta.url).href;
    const lines = `import ${JSON.stringify(entry)};
      import ${JSON.stringify(runner)};
      addEventListener('message', async ({ data }) => {
        if (data === 'again') postMessage((await import(${JSON.stringify(`${entry}?v=2`)})) && data);
      });`;
    const worker = new Worker(URL.createObjectURL(new Blob([lines], { type: 'text/javascript' })), {
      type: 'module',
    });
    workers.push(worker);
    const said: unknown[] = [];
    worker.addEventListener('message', ({ data }) => said.push(data));
    const service = wrap<PageApi>(worker);
    valueOf(await service.open(requestOf({ storage: 'memory' })));
    worker.postMessage('again');
    await expect.poll(() => said).toContain('again');
    said.length = 0;
    expect(valueOf(await service.recommend(LIST))).toHaveLength(12);
    valueOf(await service.events());
    expect(said).toHaveLength(2);
  });

  it('says that a manifest is missing', async () => {
    const missing = requestOf({ manifestUrl: `${MODEL}.missing.json` });
    // The test server answers any address with its own page: not JSON, then.
    const answer = await start().open(missing);
    expect(answer).toMatchObject({ ok: false });
    expect(['manifest-missing', 'manifest-invalid']).toContain(answer.ok || answer.error.code);
  });

  it('learns by gradient when asked to, close to the closed form', async () => {
    const closed = await opened({ storage: 'memory' });
    const service = start();
    const info = valueOf(await service.open(requestOf({ storage: 'memory', learner: 'gradient' })));
    expect(['webgpu', 'wasm'], JSON.stringify(info.warnings)).toContain(info.learner);
    const [, second] = idsOf(valueOf(await service.recommend(LIST)));
    valueOf(await service.learn([event(second, 'purchase')]));
    valueOf(await closed.learn([event(second, 'purchase')]));
    const scores = async (one: Remote<PageApi>) =>
      new Map(valueOf(await one.recommend(LIST)).map(({ itemId, score }) => [itemId, score]));
    const expected = await scores(closed);
    let shared = 0;
    for (const [itemId, score] of await scores(service)) {
      if (!expected.has(itemId)) continue;
      shared++;
      expect(Math.abs(score - (expected.get(itemId) ?? 0))).toBeLessThan(1e-3);
    }
    expect(shared).toBeGreaterThanOrEqual(11);
  });
});
