/**
 * @module
 * Where no worker may start, lists are made on the page's own thread: never for longer than 50 ms
 * at a time. What counts is the processor's time, which other work on the machine does not lengthen.
 */
import { expect, test, type Browser } from 'playwright/test';
import { serve, type Site } from './engines/server.ts';

const LONG_MS = 50;

let site: Site;

test.beforeAll(async () => {
  site = await serve((path) =>
    path === '/'
      ? {
          body:
            '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Idle</title>' +
            '<script src="/sotto/sotto.js" data-model="/model/manifest.json"></script></head></html>',
          headers: { 'content-security-policy': "worker-src 'none'" },
        }
      : null,
  );
});

test.afterAll(() => site.close());

interface TraceEvent {
  name: string;
  /** Thread's processor time, µs. */
  tdur?: number;
  args: Record<string, unknown>;
  pid: number;
  tid: number;
}

/** Processor time of every task of the pages' main threads, ms, longest first. */
async function tasksOf(browser: Browser, work: () => Promise<void>): Promise<number[]> {
  await browser.startTracing(undefined, { categories: ['toplevel', '__metadata'] });
  await work();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString('utf8')) as {
    traceEvents: TraceEvent[];
  };
  const keyOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args['name'] === 'CrRendererMain')
      .map(keyOf),
  );
  return traceEvents
    .filter((event) => mains.has(keyOf(event)) && event.tdur !== undefined)
    .map(({ tdur = 0 }) => tdur / 1000)
    .sort((left, right) => right - left);
}

test('no task on the way from an empty page to lists is a long one', async ({ browser, page }) => {
  const tasks = await tasksOf(browser, async () => {
    await page.goto(`${site.origin}/`);
    const thread = await page.evaluate(async () => {
      const { itemId } = (await window.sotto.popular({ count: 40 }))[20];
      window.sotto.track({ itemId, action: 'purchase' });
      await window.sotto.flush();
      await window.sotto.recommend({ count: 12 });
      await window.sotto.recommend({ count: 100, diversity: 0.5, explore: 0.3 });
      await window.sotto.similar(itemId);
      await window.sotto.explain(itemId);
      await window.sotto.profile();
    });
    expect(thread).toBeUndefined();
    // From what was kept.
    await page.reload();
    await page.evaluate(() => window.sotto.ready);
  });
  console.log(tasks.slice(0, 12));
  expect(tasks.length).toBeGreaterThan(100);
  expect(tasks[0]).toBeLessThan(LONG_MS);
});
