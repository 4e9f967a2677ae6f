/**
 * @module
 * Where no worker may start, lists are made on the page's own thread: never for longer than 50 ms
 * at a time, also of a large catalogue. What counts is the processor's time, which other work on the
 * machine does not lengthen.
 */
import { expect, test, type Browser, type Page } from 'playwright/test';
import { largeModel } from '../src/model/testing/largeModel.ts';
import { serve, type Served, type Site } from './engines/server.ts';

const LONG_MS = 50;
const LARGE = 100_000;

let site: Site;
/** Of a large model, by their paths. */
const large = new Map<string, Served>();

test.beforeAll(async () => {
  const pageOn = (model: string): Served => ({
    body:
      '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Idle</title>' +
      `<script src="/sotto/sotto.js" data-model="${model}"></script></head></html>`,
    headers: { 'content-security-policy': "worker-src 'none'" },
  });
  site = await serve((path) => {
    if (path === '/') return pageOn('/model/manifest.json');
    return path === '/large' ? pageOn('/large/manifest.json') : (large.get(path) ?? null);
  });
  const { manifest, files } = await largeModel(LARGE);
  const publish = (name: string, body: string | Uint8Array) =>
    large.set(`/large/${name}`, { body, type: 'application/octet-stream' });
  publish('manifest.json', JSON.stringify(manifest));
  for (const { name, bytes } of files) publish(name, bytes);
});

test.afterAll(() => site.close());

interface TraceEvent {
  name: string;
  /** Thread's processor time, µs. */
  tdur?: number;
  args: Record<string, unknown>;
  /** Process; thread. */
  pid: number;
  tid: number;
}

const MARK = 'of this page';

/** Processor time of every task on the page's own thread, ms, longest first. */
async function tasksOf(browser: Browser, work: () => Promise<void>): Promise<number[]> {
  const categories = ['toplevel', '__metadata', 'blink.user_timing'];
  await browser.startTracing(undefined, { categories });
  await work();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString('utf8')) as {
    traceEvents: TraceEvent[];
  };
  // The browser's own surfaces are pages as well.
  const pages = new Set(traceEvents.filter(({ name }) => name === MARK).map(({ pid }) => pid));
  const keyOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args['name'] === 'CrRendererMain')
      .filter(({ pid }) => pages.has(pid))
      .map(keyOf),
  );
  return traceEvents
    .filter((event) => mains.has(keyOf(event)) && event.tdur !== undefined)
    .map(({ tdur = 0 }) => tdur / 1000)
    .sort((left, right) => right - left);
}

/** From an empty page to every kind of list, and once more from what was kept. */
async function visit(page: Page, path: string): Promise<void> {
  await page.goto(`${site.origin}${path}`);
  await page.evaluate(async (mark) => {
    performance.mark(mark);
    const { itemId } = (await window.sotto.popular({ count: 40 }))[20];
    window.sotto.track({ itemId, action: 'purchase' });
    await window.sotto.flush();
    await window.sotto.recommend({ count: 12 });
    await window.sotto.recommend({ count: 100, diversity: 0.5, explore: 0.3 });
    await window.sotto.recommend({ count: 20, maxPerCategory: 2, filter: { price: { max: 50 } } });
    await window.sotto.similar(itemId);
    await window.sotto.rank([itemId, 'nothing'], { unknown: 'last' });
    await window.sotto.explain(itemId);
    await window.sotto.profile();
  }, MARK);
  await page.reload();
  // Until the whole of it serves again.
  await page.evaluate(() => window.sotto.popular());
}

for (const [model, path] of [
  ['the demo’s model', '/'],
  [`${LARGE} items`, '/large'],
]) {
  test(`no task on the way from an empty page to lists is a long one: ${model}`, async ({
    browser,
  }) => {
    const measure = async () => {
      const page = await browser.newPage();
      const tasks = await tasksOf(browser, () => visit(page, path));
      await page.close();
      console.log(`${model}: the longest task took ${tasks[0].toFixed(1)} ms of the processor`);
      return tasks;
    };
    let tasks = await measure();
    // A collection of the browser's falls into one at times; what is ours is there each time.
    if (tasks[0] > LONG_MS) tasks = await measure();
    expect(tasks.length).toBeGreaterThan(100);
    expect(tasks.filter((ms) => ms > LONG_MS)).toEqual([]);
  });
}
