/**
 * @module
 * `page`: what a tracker costs the page's main thread. Sotto beside Snowplow's element tracking and
 * beside no tracker at all, on the same page, in turns: 10,000 events, and a scroll past 2,000 items.
 * And what 200 navigations of a single-page app and `destroy()` leave behind.
 *
 * A contender that needs longer than 15 s for the events is measured on those it got done. Times of
 * calls are the page's own; the main thread's are asked of the browser (DevTools' counters
 * of its tasks), and so hold whatever is done later, such as storing and sending.
 */
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import type { CDPSession } from 'playwright';
import { measureLeaks } from '../e2e/leaks.ts';
import type { Contender, EventsAnswer, EventsRequest } from './pages/page.ts';
import type { ScrollAnswer, SetUpRequest } from './pages/page.ts';
import { runInPage } from './runInPage.ts';
import { quantile } from './statistics.ts';
import type { BenchContext, Benchmark } from './types.ts';

const CONTENDERS: readonly Contender[] = ['nothing', 'sotto', 'snowplow'];
const ROUNDS = 3;
const EVENTS = 10_000;
/** One that needs longer is not waited for. */
const MOST_EVENTS_MS = 15_000;
const ITEMS = 2000;
const NAVIGATIONS = 200;
/** A quarter of the rule, so that a quick scroll sees every item: more events in less time. */
const MIN_VISIBLE_MS = 250;
/** Storing and sending go on after the last event. */
const SETTLE_MS = 3000;
const SLOW_FRAME_MS = 34;

interface Round {
  callsMs: number[];
  /** Of the main thread, for each event, ms. */
  eventTaskMs: number;
  /** Of the main thread over the scroll, ms. */
  scrollTaskMs: number;
  scroll: ScrollAnswer;
}

export const page: Benchmark = {
  name: 'page',
  async run(context) {
    const folder = join(context.modelsFolder, 'page');
    await cp('demo/model', folder, { recursive: true });
    context.note(`page: ${NAVIGATIONS} navigations`);
    const leaks = await leaksOf(context);
    const rounds: Record<Contender, Round[]> = { nothing: [], sotto: [], snowplow: [] };
    for (let round = 0; round < ROUNDS; round++) {
      for (const turn of CONTENDERS.keys()) {
        const contender = CONTENDERS[(turn + round) % CONTENDERS.length];
        context.note(`page: round ${round + 1} of ${ROUNDS}, ${contender}`);
        rounds[contender].push(await measure(context, contender));
      }
    }
    const data = CONTENDERS.map((contender) => ({ contender, ...summary(rounds[contender]) }));
    const left = Object.values({ ...leaks.left }).reduce((sum, number) => sum + number, 0);
    return {
      title:
        `Main thread, ${EVENTS.toLocaleString('en-GB')} events and a scroll past ` +
        `${ITEMS.toLocaleString('en-GB')} items; medians of ${ROUNDS} rounds in turns. ` +
        `${NAVIGATIONS} navigations: heap ${(leaks.heapGrowthBytes / 1e6).toFixed(2)} MB more, ` +
        `${leaks.growth.listeners} listeners more; after destroy() ${left} listeners, nodes, ` +
        'observers, timers, channels and workers left.',
      header: [
        ...['', 'events', 'call, median ms', 'call, 95 %', 'thread, ms an event'],
        ...['scroll: seen', 'long tasks', 'their ms', 'thread, ms', 'slow frames'],
      ],
      rows: data.map((row) => [
        row.contender,
        String(row.events),
        row.callMedianMs.toFixed(4),
        row.call95Ms.toFixed(4),
        row.eventTaskMs.toFixed(4),
        String(row.exposures),
        row.longTasks.join(' '),
        row.longTasksMs.toFixed(0),
        row.scrollTaskMs.toFixed(0),
        `${(row.slowFrames * 100).toFixed(1)} %`,
      ]),
      data: { contenders: data, leaks },
    };
  },
};

async function measure({ newPage }: BenchContext, contender: Contender): Promise<Round> {
  const page = await newPage();
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const ask = <A>(call: string, request: unknown): Promise<A> =>
    runInPage<unknown, A>(page, 'page', request, call);
  await ask('setUp', {
    contender,
    items: ITEMS,
    minVisibleMs: MIN_VISIBLE_MS,
    manifestUrl: '/models/page/manifest.json',
  } satisfies SetUpRequest);

  const atFirst = await taskMs(session);
  const scroll = await ask<ScrollAnswer>('scroll', null);
  const scrolled = await taskMs(session);
  // What it has begun must not run into the next time.
  await page.waitForTimeout(SETTLE_MS);
  const before = await taskMs(session);
  const { callsMs } = await ask<EventsAnswer>('events', {
    count: EVENTS,
    mostMs: MOST_EVENTS_MS,
  } satisfies EventsRequest);
  await page.waitForTimeout(SETTLE_MS);
  const after = await taskMs(session);
  await page.close();
  return {
    callsMs,
    eventTaskMs: (after - before) / callsMs.length,
    scrollTaskMs: scrolled - atFirst,
    scroll,
  };
}

async function taskMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
}

function summary(rounds: readonly Round[]) {
  const calls = rounds.flatMap(({ callsMs }) => callsMs);
  const frames = rounds.flatMap(({ scroll }) => scroll.framesMs);
  const median = (of: (round: Round) => number): number => quantile(rounds.map(of), 0.5);
  return {
    events: median(({ callsMs }) => callsMs.length),
    callMedianMs: quantile(calls, 0.5),
    call95Ms: quantile(calls, 0.95),
    eventTaskMs: median(({ eventTaskMs }) => eventTaskMs),
    exposures: median(({ scroll }) => scroll.exposures),
    /** Of each round. */
    longTasks: rounds.map(({ scroll }) => scroll.longTasks),
    longTasksMs: median(({ scroll }) => scroll.longTasksMs),
    scrollTaskMs: median(({ scrollTaskMs }) => scrollTaskMs),
    slowFrames: frames.filter((ms) => ms > SLOW_FRAME_MS).length / frames.length,
  };
}

async function leaksOf({ newPage }: BenchContext) {
  const page = await newPage();
  const { origin } = new URL(page.url());
  const leaks = await measureLeaks(
    page,
    {
      blankUrl: `${origin}/`,
      scriptUrl: `${origin}/dist/sotto.js`,
      manifestUrl: `${origin}/models/page/manifest.json`,
    },
    NAVIGATIONS,
  );
  await page.close();
  return leaks;
}
