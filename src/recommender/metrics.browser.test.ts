import { afterEach, beforeEach, expect, test } from 'vitest';
import { decodeReports } from '../metrics/decodeReports.ts';
import type { ReportRequest } from '../metrics/types.ts';
import type { Options } from '../options.ts';
import { createRecommender } from '../recommender.ts';
import type { Recommender } from './types.ts';

const WORKER = new URL('../worker/entry.case.ts', import.meta.url).href;
const KERNELS = new URL('/dist/sotto-kernels.wasm', location.href).href;

const REQUEST: ReportRequest = {
  metrics: [
    { listId: 'front', action: 'click', cap: 2 },
    { listId: 'front', action: 'impression', cap: 5 },
  ],
  epsilon: 0.5,
  lifetimeEpsilon: 3,
};

let name: string;
let running: Recommender[] = [];

beforeEach(() => {
  name = `metrics-${crypto.randomUUID()}`;
  sessionStorage.clear();
});
afterEach(() => {
  for (const recommender of running) recommender.destroy();
  running = [];
});

async function start(options: Partial<Options> = {}): Promise<Recommender> {
  const recommender = await createRecommender({
    model: '/demo/model/manifest.json',
    workerUrl: WORKER,
    kernelUrl: KERNELS,
    name,
    track: false,
    trackAutomated: true,
    ...options,
  });
  running.push(recommender);
  return recommender;
}

function show(sotto: Recommender, itemId: string, position: number): void {
  sotto.track({ itemId, action: 'impression', listId: 'front', position });
}

test('counts what was tracked, and no longer what is forgotten', async () => {
  const sotto = await start();
  show(sotto, '85048', 0);
  show(sotto, '22423', 1);
  sotto.track({ itemId: '22423', action: 'click', listId: 'front', position: 1 });
  // Credited to where it was clicked; what was never clicked, to nothing.
  sotto.track({ itemId: '22423', action: 'purchase', value: 2 });
  sotto.track({ itemId: '22086', action: 'purchase' });
  await sotto.flush();
  const { events, lists } = await sotto.metrics();
  expect(events).toBe(5);
  const none = { impressions: 0, clicks: 0, carts: 0, purchases: 0 };
  expect(lists).toEqual([
    {
      listId: 'front',
      ...none,
      ...{ impressions: 2, clicks: 1, purchases: 1 },
      positions: [
        { position: 0, ...none, impressions: 1 },
        { position: 1, ...none, impressions: 1, clicks: 1, purchases: 1 },
      ],
    },
    { listId: null, ...none, purchases: 1, positions: [] },
  ]);
  await sotto.forget('22423');
  const { lists: kept } = await sotto.metrics();
  expect(kept).toMatchObject([
    { listId: 'front', impressions: 1, clicks: 0, purchases: 0 },
    { listId: null },
  ]);
  await sotto.forget();
  expect((await sotto.metrics()).lists).toEqual([]);
});

test('days that are none are refused by name', async () => {
  const sotto = await start();
  await expect(sotto.metrics({ days: 0 })).rejects.toMatchObject({
    code: 'invalid-argument',
    message: 'days must be a number in [1, 36500] but got 0',
  });
});

test('counts where there is no database', async () => {
  const sotto = await start({ requireConsent: true });
  show(sotto, '85048', 0);
  expect((await sotto.metrics()).lists).toEqual([]);
  // What cannot keep its budget reports nothing.
  expect(await sotto.createReport(REQUEST)).toBeNull();
});

test('a report decodes, and the budget ends it across reloads, tabs and forget()', async () => {
  const sotto = await start();
  show(sotto, '85048', 0);
  await sotto.flush();
  const first = await sotto.createReport(REQUEST);
  expect(decodeReports([first], REQUEST)).toMatchObject({ accepted: 1, rejected: 0 });
  expect(JSON.stringify(first)).not.toMatch(/85048|session|timestamp/);
  await sotto.forget();
  expect(await sotto.exportData()).toBe(
    `${JSON.stringify({ type: 'setting', key: '~spentEpsilon', value: 1 })}\n`,
  );
  // Another tab, and the next page.
  const other = await start();
  const [second, third, fourth] = await Promise.all([
    sotto.createReport(REQUEST),
    other.createReport(REQUEST),
    sotto.createReport(REQUEST),
  ]);
  expect([second, third, fourth].filter((report) => report === null).length).toBe(1);
  sotto.destroy();
  other.destroy();
  const later = await start();
  expect(await later.createReport(REQUEST)).toBeNull();
  await later.setConsent('denied');
  await later.setConsent('granted');
  expect(await later.createReport(REQUEST)).toBeNull();
});

test('denied, nothing is reported; a bad request is refused by name', async () => {
  const sotto = await start();
  await expect(sotto.createReport({ ...REQUEST, epsilon: 2 })).rejects.toMatchObject({
    code: 'invalid-argument',
    message: 'epsilon must be a number in [0.01, 1] but got 2',
  });
  await sotto.setConsent('denied');
  expect(await sotto.createReport(REQUEST)).toBeNull();
});

test('on a device the randomness is the real one: the answers scatter as they should', async () => {
  const sotto = await start();
  const request: ReportRequest = {
    metrics: Array.from({ length: 100 }, (_, position) => ({ position, action: 'click' })),
    epsilon: 0.05,
    lifetimeEpsilon: 20,
  };
  const reports = [];
  for (let made = 0; made < 4; made++) reports.push(await sotto.createReport(request));
  expect(await sotto.createReport(request)).toBeNull();
  const ones = reports
    .flatMap((report) => report?.metrics ?? [])
    .filter(({ value }) => value === 1);
  // 400 coins of 0.4875: 195 of them, with a standard deviation of 10.
  expect(Math.abs(ones.length - 195)).toBeLessThan(50);
});
