/**
 * @module
 * In the page of the `page` benchmark: a shelf of many items, watched by one contender or by none.
 */
import { newTracker, trackStructEvent } from '@snowplow/browser-tracker';
import {
  SnowplowElementTrackingPlugin,
  startElementTracking,
} from '@snowplow/browser-plugin-element-tracking';
import type { Recommender } from '../../src/index.ts';

export type Contender = 'nothing' | 'sotto' | 'snowplow';

export interface SetUpRequest {
  contender: Contender;
  items: number;
  /** How long an item must be half in view; the same for all. */
  minVisibleMs: number;
  manifestUrl: string;
}

export interface EventsRequest {
  count: number;
  mostMs: number;
}

export interface EventsAnswer {
  /** ms of every call. */
  callsMs: number[];
}

export interface ScrollAnswer {
  longTasks: number;
  longTasksMs: number;
  /** Between frames, ms. */
  framesMs: number[];
  /** Events of items seen. */
  exposures: number;
}

/** Per frame. At 60 frames a second a row of a page 720 px high stays in view for 375 ms. */
const STEP_PX = 32;

let note: (itemId: string, position: number) => void;
let exposures = 0;

/** Events that the contender was given beside those of the page. */
export async function setUp({
  contender,
  items,
  minVisibleMs,
  manifestUrl,
}: SetUpRequest): Promise<void> {
  document.body.append(createShelf(items));
  if (contender === 'nothing') note = () => {};
  if (contender === 'sotto') {
    const sotto = await loadSotto(manifestUrl, minVisibleMs);
    note = (itemId, position) =>
      void sotto.track({ itemId, action: 'click', listId: 'shelf', position });
    sotto.on('event', ({ action }) => {
      if (action === 'impression') exposures++;
    });
  }
  if (contender === 'snowplow') {
    newTracker('bench', location.origin, {
      appId: 'bench',
      eventMethod: 'post',
      // Half a request for each event would be measured as well: few are kinder to it.
      bufferSize: 50,
      plugins: [SnowplowElementTrackingPlugin()],
    });
    startElementTracking({
      elements: {
        selector: '[data-sotto-item]',
        expose: { when: 'element', minPercentage: 0.5, minTimeMillis: minVisibleMs },
        context: () => {
          exposures++;
          return [];
        },
      },
    });
    note = (label, value) =>
      trackStructEvent({ category: 'shelf', action: 'click', label, property: 'shelf', value });
  }
  await after(1000);
}

/** Notes `count` events, one to a task, as visitors do, or as many as `mostMs` are enough for. */
export async function events({ count, mostMs }: EventsRequest): Promise<EventsAnswer> {
  const callsMs: number[] = [];
  const endMs = performance.now() + mostMs;
  for (let event = 0; event < count && performance.now() < endMs; event++) {
    const startedMs = performance.now();
    note(`item-${event % 500}`, event % 500);
    callsMs.push(performance.now() - startedMs);
    await nextTask();
  }
  return { callsMs };
}

/** From top to bottom, a step a frame. */
export async function scroll(): Promise<ScrollAnswer> {
  exposures = 0;
  const tasksMs: number[] = [];
  const observer = new PerformanceObserver((list) => {
    tasksMs.push(...list.getEntries().map(({ duration }) => duration));
  });
  observer.observe({ type: 'longtask' });
  const framesMs: number[] = [];
  let lastMs = await nextFrame();
  while (scrollY + innerHeight < document.documentElement.scrollHeight - 1) {
    scrollBy(0, STEP_PX);
    const nowMs = await nextFrame();
    framesMs.push(nowMs - lastMs);
    lastMs = nowMs;
  }
  await after(1500);
  observer.disconnect();
  return {
    longTasks: tasksMs.length,
    longTasksMs: tasksMs.reduce((sum, ms) => sum + ms, 0),
    framesMs,
    exposures,
  };
}

function createShelf(items: number): HTMLElement {
  const shelf = document.createElement('main');
  shelf.dataset['sottoList'] = 'shelf';
  Object.assign(shelf.style, {
    display: 'grid',
    gridTemplateColumns: 'repeat(8, 1fr)',
    gap: '8px',
  });
  for (let place = 0; place < items; place++) {
    const item = document.createElement('article');
    item.dataset['sottoItem'] = `item-${place}`;
    Object.assign(item.style, { height: '120px', background: '#eee' });
    const link = document.createElement('a');
    link.href = `#item-${place}`;
    link.textContent = `Item ${place}`;
    item.append(link, document.createElement('p'));
    shelf.append(item);
  }
  return shelf;
}

/** As a site does, by its script tag. */
async function loadSotto(model: string, minVisibleMs: number): Promise<Recommender> {
  const tag = document.createElement('script');
  tag.src = '/dist/sotto.js';
  Object.assign(tag.dataset, { model, minVisibleMs: String(minVisibleMs), trackAutomated: '' });
  await new Promise((resolve, reject) => {
    Object.assign(tag, { onload: resolve, onerror: reject });
    document.head.append(tag);
  });
  const page = window as unknown as { sotto: Recommender };
  await page.sotto.flush();
  await page.sotto.ready;
  return page.sotto;
}

const after = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));

const { port1, port2 } = new MessageChannel();

/** Sooner than a timer, which browsers hold back. */
function nextTask(): Promise<unknown> {
  return new Promise((resolve) => {
    port1.onmessage = resolve;
    port2.postMessage(null);
  });
}
