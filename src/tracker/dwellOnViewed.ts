/**
 * @module
 * dwellOnViewed: `watchDwell`, loaded once the page is about an item; a list never is. The clock has
 * run since that was seen, and less than a second is no dwell: what loads sooner misses nothing.
 */
import type { TrackedEvent } from '../events.ts';
import type { Page } from './watchPage.ts';
import { viewedItems } from './watchViews.ts';

export function dwellOnViewed(page: Page, track: (event: TrackedEvent) => void): void {
  let isAsked = false;
  const look = () => {
    if (isAsked || !viewedItems(page).size) return;
    isAsked = true;
    const fromMs = performance.now();
    import('./watchDwell.ts')
      .then(({ watchDwell }) => watchDwell(page, track, viewedItems, fromMs))
      .catch(page.onError);
  };
  page.subscribe(look);
  look();
}
