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

test('no task on the way from an empty page to lists is a long one', async ({ browser, page }) => {
  const tasks = await tasksOf(browser, async () => {
    await page.goto(`${site.origin}/`);
    await page.evaluate(async (mark) => {
      performance.mark(mark);
      const { itemId } = (await window.sotto.popular({ count: 40 }))[20];
      window.sotto.track({ itemId, action: 'purchase' });
      await window.sotto.flush();
      await window.sotto.recommend({ count: 12 });
      await window.sotto.recommend({ count: 100, diversity: 0.5, explore: 0.3 });
      await window.sotto.similar(itemId);
      await window.sotto.explain(itemId);
      await window.sotto.profile();
    }, MARK);
    // From what was kept.
    await page.reload();
    await page.evaluate(() => window.sotto.ready);
  });
  expect(tasks.length).toBeGreaterThan(100);
  expect(tasks.filter((ms) => ms > LONG_MS)).toEqual([]);
});
