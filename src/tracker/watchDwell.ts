/**
 * @module
 * watchDwell: how long the item that the page is about was visible and focused, and the visitor
 * there. Told whenever the page is hidden or left, because no later moment is certain to come.
 */
import type { TrackedEvent } from '../events.ts';
import { listen } from './guard.ts';
import type { Page } from './watchPage.ts';
import type { viewedItems } from './watchViews.ts';

/** Shorter is passing through. */
const MIN_DWELL_MS = 1000;

/** Time counts for this long after the last sign of life. */
const IDLE_MS = 30_000;

const SIGNS_OF_LIFE = ['focus', 'blur', 'pointermove', 'pointerdown', 'keydown', 'scroll'];

/**
 * When it ends, it tells what has gathered.
 *
 * @param itemsOf - the page's, which has it already: one file is loaded for this, not two.
 * @param fromMs - when the page's item was first seen, by `performance.now()`.
 */
export function watchDwell(
  page: Page,
  track: (event: TrackedEvent) => void,
  itemsOf: typeof viewedItems,
  fromMs = performance.now(),
): void {
  // Left before this had loaded.
  if (page.signal.aborted) return;
  let itemId: string | undefined;
  let gatheredMs = 0;
  let activeMs = fromMs;
  /** null: the clock stands. */
  let sinceMs: number | null = null;

  const halt = () => {
    if (sinceMs !== null) {
      const untilMs = Math.min(performance.now(), activeMs + IDLE_MS);
      gatheredMs += Math.max(0, untilMs - sinceMs);
    }
    sinceMs = null;
  };
  const run = () => {
    halt();
    // Focus in a frame of the page is focus on the page.
    if (itemId && !document.hidden && document.hasFocus()) sinceMs = performance.now();
  };
  const tell = () => {
    halt();
    const value = Math.round(gatheredMs);
    if (!itemId || value < MIN_DWELL_MS) return;
    gatheredMs = 0;
    track({ itemId, action: 'dwell', value });
  };
  const look = () => {
    // The first, where a page is about several.
    const [now] = itemsOf(page).values();
    if (now !== itemId) {
      tell();
      gatheredMs = 0;
      itemId = now;
    }
    run();
  };
  const wake = () => {
    const idleMs = performance.now() - activeMs;
    // Otherwise the clock just runs on: nothing is to be done for every move of the pointer.
    if (idleMs > IDLE_MS) halt();
    activeMs += idleMs;
    if (sinceMs === null) run();
  };

  page.subscribe((change) => {
    if (change === 'changed') return look();
    tell();
    gatheredMs = 0;
    itemId = undefined;
  });
  listen(page, window, SIGNS_OF_LIFE, (event) => {
    wake();
    // Bubbling focus of elements within passes here too.
    if (event.target === window) run();
  });
  listen(page, window, ['pagehide'], tell);
  listen(page, document, ['visibilitychange'], () => {
    if (document.hidden) tell();
    else wake();
  });
  page.signal.addEventListener('abort', tell);
  look();
  // The clock runs since the item was seen.
  if (sinceMs !== null) sinceMs = fromMs;
}
