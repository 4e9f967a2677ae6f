/**
 * What the visitor does between the script's first moment and the database's first answer. A
 * transaction of somebody else's holds the database shut for so long.
 */
import { afterEach, describe, expect, test } from 'vitest';
import type { FeedbackEvent, TrackedEvent } from '../events.ts';
import type { Options } from '../options.ts';
import { connect } from '../store/connection.ts';
import { show } from '../tracker/page.case.ts';
import type { Recommender } from './types.ts';
import { name, rawCounts, start } from './visitor.case.ts';

const CLICKS = { clicks: true, impressions: false, views: false, dwell: false };

afterEach(() => show(''));

/** @returns what lets the database answer again. */
async function hold(): Promise<() => Promise<void>> {
  const connection = connect(name);
  let isHeld = true;
  let begun: () => void;
  const ready = new Promise<void>((resolve) => (begun = resolve));
  const done = connection.transact(['settings', 'events'], 'readwrite', (transaction) => {
    const spin = () => {
      begun();
      if (isHeld) transaction.objectStore('settings').get('none').onsuccess = spin;
    };
    spin();
  });
  await ready;
  return async () => {
    isHeld = false;
    await done;
    connection.close();
  };
}

function shop(): HTMLElement[] {
  const around = show(`<div data-sotto-list="shelf">
    <div data-sotto-item="85048"><a href="#x">one</a></div>
    <div data-sotto-item="22423"><a href="#y">two</a></div></div>`);
  const links = [...around.querySelectorAll('a')];
  for (const link of links) link.addEventListener('click', (event) => event.preventDefault());
  return links;
}

/** Clicks both links while the database is shut. */
async function clickMeanwhile(options: Partial<Options> = {}): Promise<{
  sotto: Recommender;
  events: () => Promise<Partial<FeedbackEvent>[]>;
  releasedMs: number;
}> {
  const links = shop();
  const release = await hold();
  const starting = start({ track: CLICKS, ...options });
  for (const link of links) link.click();
  await new Promise((resolve) => setTimeout(resolve, 100));
  // Until it is known what was chosen, nothing is written.
  expect(sessionStorage.length).toBe(0);
  const releasedMs = Date.now();
  await release();
  const sotto = await starting;
  return {
    sotto,
    releasedMs,
    async events() {
      const lines = (await sotto.exportData()).trim().split('\n').filter(Boolean);
      return lines
        .map((line) => JSON.parse(line) as Record<string, string>)
        .filter((line) => 'action' in line)
        .map(({ item_id, timestamp, ...rest }) => ({
          itemId: item_id,
          ...rest,
          timestamp: Date.parse(timestamp),
        }));
    },
  };
}

/** A page before, that leaves the database in some state. */
async function before(work: (sotto: Recommender) => unknown): Promise<void> {
  const sotto = await start();
  await work(sotto);
  await new Promise((resolve) => setTimeout(resolve, 50));
  sotto.destroy();
}

describe('before the database has answered', () => {
  test('clicks are heard, with their places, their time and the session of the page before', async () => {
    let session = '';
    await before(async (sotto) => {
      sotto.on('event', ({ sessionId }) => (session = sessionId));
      sotto.track({ itemId: '85048', action: 'view' });
      await sotto.flush();
    });
    const seen: TrackedEvent[] = [];
    const { sotto, events, releasedMs } = await clickMeanwhile({
      beforeTrack: (event) => void seen.push(event),
    });
    sotto.track({ itemId: '85048', action: 'cart' });
    await sotto.flush();
    const place = { action: 'click', listId: 'shelf', sessionId: session };
    const kept = await events();
    expect(kept).toMatchObject([
      { itemId: '85048', action: 'view' },
      { itemId: '85048', position: 0, ...place },
      { itemId: '22423', position: 1, ...place },
      // Chosen from the list meanwhile, and credited to it.
      { itemId: '85048', action: 'cart', listId: 'shelf', position: 0 },
    ]);
    for (const { timestamp } of kept.slice(1, 3)) expect(timestamp).toBeLessThan(releasedMs - 50);
    expect(seen.map(({ itemId, action }) => itemId + action)).toEqual([
      '85048click',
      '22423click',
      '85048cart',
    ]);
    expect((await rawCounts()).events).toBe(4);
  });

  test('who has refused is not heard', async () => {
    await before((sotto) => sotto.setConsent('denied'));
    let asked = 0;
    const { sotto, events } = await clickMeanwhile({ beforeTrack: () => void asked++ });
    expect(sotto.consent).toBe('denied');
    expect(await events()).toEqual([]);
    expect(asked).toBe(0);
    expect(sessionStorage.length).toBe(0);
    expect(await rawCounts()).toMatchObject({ events: 0, settings: 1 });
  });

  test('who has paused is not heard, before or after', async () => {
    await before((sotto) => sotto.pause());
    let asked = 0;
    const { sotto, events } = await clickMeanwhile({ beforeTrack: () => void asked++ });
    expect(sotto.paused).toBe(true);
    for (const link of document.querySelectorAll('a')) link.click();
    await sotto.flush();
    expect(await events()).toEqual([]);
    expect(asked).toBe(0);
  });

  test('who is still to be asked: it waits in memory, and goes or stays as they say', async () => {
    await before(() => {});
    for (const [consent, kept] of [
      ['denied', 0],
      ['granted', 2],
    ] as const) {
      await before((sotto) => sotto.setConsent('pending'));
      const { sotto, events } = await clickMeanwhile();
      expect(sotto.consent).toBe('pending');
      expect(await events()).toHaveLength(2);
      expect(sessionStorage.length).toBe(0);
      expect((await rawCounts()).events).toBe(0);
      await sotto.setConsent(consent);
      await sotto.flush();
      expect((await rawCounts()).events).toBe(kept);
      sotto.destroy();
    }
  });

  test('a recommender that is aborted meanwhile leaves nothing, and reads no more', async () => {
    await before(() => {});
    const [link] = shop();
    const release = await hold();
    const controller = new AbortController();
    const warned: string[] = [];
    const starting = start({ track: CLICKS, signal: controller.signal });
    link.click();
    controller.abort();
    link.click();
    await release();
    const sotto = await starting;
    sotto.on('error', ({ code }) => warned.push(code));
    await expect(sotto.recommend()).rejects.toMatchObject({ code: 'destroyed' });
    expect((await rawCounts()).events).toBe(0);
    expect(warned).toEqual([]);
  });
});
