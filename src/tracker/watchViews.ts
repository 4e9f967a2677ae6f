/**
 * @module
 * watchViews: an item with `data-sotto-view` is what the page is about. One 'view' for each such
 * item and page view, once the page is really in front of the visitor.
 */
import type { TrackedEvent } from '../events.ts';
import { ITEM, VIEW, placeOf } from './markup.ts';
import type { Page } from './watchPage.ts';

const VIEWED = `[${VIEW}][${ITEM}]`;

/** The item that the page is about: the first, where there are several. */
export function viewedItem(): string | undefined {
  for (const element of document.querySelectorAll(VIEWED)) {
    const place = placeOf(element);
    if (place) return place.itemId;
  }
}

/** @returns what ends it. */
export function watchViews(page: Page, track: (event: TrackedEvent) => void): () => void {
  const counted = new Set<string>();
  /**
   * What was there at the last look. After a navigation the old page's elements stand for a while
   * yet, and are not viewed again for it.
   */
  let present = new Map<Element, string>();
  const scan = () => {
    // Prerendered, or opened in a tab behind: not viewed yet.
    if (document.hidden) return;
    const before = present;
    present = new Map();
    for (const element of document.querySelectorAll(VIEWED)) {
      const place = placeOf(element);
      if (!place) continue;
      const { itemId } = place;
      present.set(element, itemId);
      if (before.get(element) === itemId || counted.has(itemId)) continue;
      counted.add(itemId);
      track({ itemId, action: 'view' });
    }
  };
  const stop = page.subscribe((change) => {
    if (change === 'navigated') counted.clear();
    else scan();
  });
  scan();
  return stop;
}
