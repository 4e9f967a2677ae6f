/**
 * @module
 * What a page keeps: everything that Sotto starts is counted as it is started and ended, past the
 * library, and the browser itself is asked for listeners, nodes and heap after a collection. The
 * benchmark measures with the same.
 */
import type { CDPSession, Page } from 'playwright';

export interface LeakPlaces {
  /** A page of the site's origin that holds nothing. */
  blankUrl: string;
  scriptUrl: string;
  manifestUrl: string;
}

/** What runs on the page, by kind. */
export interface Alive {
  timers: number;
  observers: number;
  channels: number;
  workers: number;
}

export interface Leaks {
  /** While it ran: what is counted is there to be counted. */
  running: Alive & { listeners: number };
  /** After `destroy()`, above what the page had before Sotto came. */
  left: Alive & { listeners: number; nodes: number };
  /** Of the page's heap over the navigations. */
  heapGrowthBytes: number;
  /** Nodes, detached ones among them, and listeners that the navigations have added. */
  growth: { nodes: number; listeners: number };
  events: number;
}

const WARM_UP_NAVIGATIONS = 40;

export async function measureLeaks(
  page: Page,
  { blankUrl, scriptUrl, manifestUrl }: LeakPlaces,
  navigations: number,
): Promise<Leaks> {
  // What runs the benchmarks wraps every named function in a helper, which the page has not.
  const content = `globalThis.__name ??= (one) => one; (${String(countWhatRuns)})()`;
  await page.addInitScript({ content });
  await page.goto(blankUrl);
  const session = await page.context().newCDPSession(page);
  const alive = async (): Promise<Alive> => ({
    ...(await page.evaluate(() => (window as unknown as { alive: () => Counted }).alive())),
    workers: page.workers().length,
  });
  const before = await countersOf(session);

  await page.evaluate(
    async ([src, model]) => {
      const tag = document.createElement('script');
      Object.assign(tag, { src });
      Object.assign(tag.dataset, { model, trackAutomated: '' });
      await new Promise((resolve, reject) => {
        tag.onload = resolve;
        tag.onerror = reject;
        document.head.append(tag);
      });
      tag.onload = tag.onerror = null;
      await window.sotto.flush();
      await window.sotto.ready;
    },
    [scriptUrl, manifestUrl],
  );
  await page.evaluate(navigate, WARM_UP_NAVIGATIONS);
  const warm = await countersOf(session);
  const running = { ...(await alive()), listeners: warm.listeners - before.listeners };
  const events = await page.evaluate(navigate, navigations);
  const after = await countersOf(session);
  await page.evaluate(() => {
    window.sotto.destroy();
    Reflect.deleteProperty(window, 'sotto');
    document.body.replaceChildren();
    document.querySelector('script')?.remove();
  });
  // What was being written ends first.
  await page.waitForTimeout(1500);
  const end = await countersOf(session);
  return {
    running,
    left: {
      ...(await alive()),
      listeners: end.listeners - before.listeners,
      nodes: end.nodes - before.nodes,
    },
    heapGrowthBytes: after.heapBytes - warm.heapBytes,
    growth: { nodes: after.nodes - warm.nodes, listeners: after.listeners - warm.listeners },
    events,
  };
}

async function countersOf(session: CDPSession) {
  // What a finaliser lets go of is collected by the next one.
  for (let round = 0; round < 3; round++) await session.send('HeapProfiler.collectGarbage');
  const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return { nodes, listeners: jsEventListeners, heapBytes: usedSize };
}

/** In the page: that many views of 30 items each, one of them looked at. @returns events noted. */
async function navigate(count: number): Promise<number> {
  let events = 0;
  const off = window.sotto.on('event', () => events++);
  const ids = (await window.sotto.popular({ count: 200 })).map(({ itemId }) => itemId);
  for (let view = 0; view < count; view++) {
    history.pushState(null, '', `?view=${view}`);
    const list = document.createElement('main');
    list.dataset['sottoList'] = 'view';
    for (let place = 0; place < 30; place++) {
      const item = document.createElement('p');
      item.dataset['sottoItem'] = ids[(view * 7 + place) % ids.length];
      if (place === 0) item.dataset['sottoView'] = '';
      const link = document.createElement('a');
      link.href = '#item';
      link.textContent = 'Item';
      item.append(link);
      list.append(item);
    }
    document.body.replaceChildren(list);
    await new Promise((resolve) => setTimeout(resolve, 70));
    document.querySelector<HTMLElement>('a')?.click();
  }
  await window.sotto.flush();
  off();
  return events;
}

type Counted = Omit<Alive, 'workers'>;

/** In the page, before anything else. */
function countWhatRuns(): void {
  const timers = new Set<unknown>();
  const set = window.setTimeout.bind(window);
  const clear = window.clearTimeout.bind(window);
  const interval = window.setInterval.bind(window);
  const end = (id: unknown) => {
    timers.delete(id);
    clear(id as number);
  };
  Object.assign(window, {
    setTimeout: (work: (...all: unknown[]) => void, ms?: number, ...given: unknown[]) => {
      const id = set(() => {
        timers.delete(id);
        work(...given);
      }, ms);
      timers.add(id);
      return id;
    },
    setInterval: (...given: Parameters<typeof interval>) => {
      const id = interval(...given);
      timers.add(id);
      return id;
    },
    clearTimeout: end,
    clearInterval: end,
  });

  const watching = new Set<unknown>();
  const watched = (Observer: typeof MutationObserver) =>
    class extends Observer {
      override observe(...given: Parameters<MutationObserver['observe']>): void {
        watching.add(this);
        super.observe(...given);
      }
      override disconnect(): void {
        watching.delete(this);
        super.disconnect();
      }
    };
  const page = window as unknown as Record<string, typeof MutationObserver>;
  for (const kind of ['Intersection', 'Mutation', 'Performance', 'Resize']) {
    page[`${kind}Observer`] = watched(page[`${kind}Observer`]);
  }

  const channels = new Set<unknown>();
  Object.assign(window, {
    BroadcastChannel: class extends BroadcastChannel {
      constructor(name: string) {
        super(name);
        channels.add(this);
      }
      override close(): void {
        channels.delete(this);
        super.close();
      }
    },
    alive: (): Counted => ({
      timers: timers.size,
      observers: watching.size,
      channels: channels.size,
    }),
  });
}
