/**
 * @module
 * dwellOnViewed: `watchDwell`, loaded once the page is about an item; a list never is. The clock has
 * run since that was seen, and less than a second is no dwell: what loads sooner misses nothing.
 */
import type { TrackedEvent } from '../events.ts';
import type { Page } from './watchPage.ts';
import { viewedItems } from './watchViews.ts';

/** @returns what ends it. */
export function dwellOnViewed(page: Page, track: (event: TrackedEvent) => void): () => void {
  let isEnded = false;
  const look = () => {
    if (isEnded || !viewedItems(page).size) return;
    end();
    const fromMs = performance.now();
    import('./watchDwell.ts')
      .then(({ watchDwell }) => {
        if (!isEnded) end = watchDwell(page, track, viewedItems, fromMs);
      })
      .catch(page.onError);
  };
  let end = page.subscribe(look);
  look();
  return () => {
    isEnded = true;
    end();
  };
}
