/**
 * @module
 * watchImpressions: an item counts as seen when enough of it was in view for long enough; once per
 * item, list and page view. One observer and one timer, however many items there are.
 */
import type { TrackedEvent } from '../events.ts';
import { guarded } from './guard.ts';
import { ITEM, placeOf } from './markup.ts';
import type { Page } from './watchPage.ts';

export interface ImpressionRule {
  /** Share of the item's area, in [0.01, 1]. */
  minVisibleRatio: number;
  minVisibleMs: number;
}

/** @returns what ends it. */
export function watchImpressions(
  page: Page,
  { minVisibleRatio, minVisibleMs }: ImpressionRule,
  track: (event: TrackedEvent) => void,
): () => void {
  const visibleSinceMs = new Map<Element, number>();
  const counted = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const schedule = () => {
    clearTimeout(timer);
    if (!visibleSinceMs.size) return;
    const first = Math.min(...visibleSinceMs.values());
    timer = setTimeout(count, first + minVisibleMs - performance.now());
  };
  const count = guarded(page.onError, () => {
    const latest = performance.now() - minVisibleMs;
    for (const [element, sinceMs] of visibleSinceMs) {
      if (sinceMs > latest) continue;
      visibleSinceMs.delete(element);
      const place = element.isConnected && placeOf(element);
      if (!place) continue;
      const key = `${place.listId}\n${place.itemId}`;
      if (!counted.has(key)) track({ ...place, action: 'impression' });
      counted.add(key);
    }
    schedule();
  });

  const observer = new IntersectionObserver(
    guarded(page.onError, (entries: IntersectionObserverEntry[]) => {
      for (const { target, intersectionRatio } of entries) {
        // The ratio that is reported for exactly the threshold may lie a rounding below it.
        if (intersectionRatio < minVisibleRatio - 0.001) visibleSinceMs.delete(target);
        else if (!visibleSinceMs.has(target)) visibleSinceMs.set(target, performance.now());
      }
      schedule();
    }),
    { threshold: minVisibleRatio },
  );
  const scan = () => {
    // Observed anew, every element reports where it stands: so do those that now carry another item.
    observer.disconnect();
    // The time a page is hidden is not time in view.
    if (document.hidden) visibleSinceMs.clear();
    else for (const element of document.querySelectorAll(`[${ITEM}]`)) observer.observe(element);
    schedule();
  };
  const stop = page.subscribe((change) => {
    if (change === 'navigated') counted.clear();
    scan();
  });
  scan();
  return () => {
    stop();
    clearTimeout(timer);
    observer.disconnect();
  };
}
