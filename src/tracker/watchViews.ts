/**
 * @module
 * watchViews: an item with `data-sotto-view` is what the page is about. One 'view' for each such
 * item and page view, once the page is really in front of the visitor.
 */
import type { TrackedEvent } from '../events.ts';
import { ITEM, VIEW, placeOf } from './markup.ts';
import type { Page } from './watchPage.ts';

/**
 * What stands for what the page is about, with its items, in document order: elements, or the
 * document itself where only a connection has said it.
 */
export function viewedItems(page: Page): Map<Node, string> {
  const viewed = new Map<Node, string>();
  for (const element of page.matching(`[${VIEW}][${ITEM}]`)) {
    const place = placeOf(element);
    if (place) viewed.set(element, place.itemId);
  }
  if (!viewed.size && page.itemId) viewed.set(document, page.itemId);
  return viewed;
}

export function watchViews(page: Page, track: (event: TrackedEvent) => void): void {
  const counted = new Set<string>();
  /**
   * What was there at the last look. After a navigation the old page's elements stand for a while
   * yet, and are not viewed again for it.
   */
  let present = new Map<Node, string>();
  const scan = () => {
    // Opened in a tab behind: not viewed yet.
    if (document.hidden) return;
    const before = present;
    present = viewedItems(page);
    for (const [element, itemId] of present) {
      if (before.get(element) === itemId || counted.has(itemId)) continue;
      counted.add(itemId);
      track({ itemId, action: 'view' });
    }
  };
  page.subscribe((change) => {
    if (change === 'returned') present.clear();
    if (change === 'changed') scan();
    else counted.clear();
  });
  scan();
}
