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
  /** What each observed element carried when it was looked at last. */
  const observed = new Map<Element, string>();
  const visibleSinceMs = new Map<Element, number>();
  const counted = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const schedule = () => {
    clearTimeout(timer);
    if (!visibleSinceMs.size || document.hidden) return;
    const first = Math.min(...visibleSinceMs.values());
    timer = setTimeout(count, first + minVisibleMs - performance.now());
  };
  const count = guarded(page.onError, () => {
    if (document.hidden) return;
    const nowMs = performance.now();
    for (const [element, sinceMs] of visibleSinceMs) {
      if (nowMs - sinceMs < minVisibleMs) continue;
      visibleSinceMs.delete(element);
      const place = placeOf(element);
      const key = place && JSON.stringify([place.itemId, place.listId]);
      if (!place || !key || counted.has(key)) continue;
      counted.add(key);
      track({ ...place, action: 'impression' });
    }
    schedule();
  });

  const observer = new IntersectionObserver(
    guarded(page.onError, (entries: IntersectionObserverEntry[]) => {
      for (const { target, isIntersecting, intersectionRatio } of entries) {
        // The ratio that is reported for exactly the threshold may lie a rounding below it.
        if (isIntersecting && intersectionRatio >= minVisibleRatio - 0.001) {
          visibleSinceMs.set(target, performance.now());
        } else {
          visibleSinceMs.delete(target);
        }
      }
      schedule();
    }),
    { threshold: minVisibleRatio },
  );
  const scan = () => {
    const present = new Set(document.querySelectorAll(`[${ITEM}]`));
    for (const element of observed.keys()) {
      if (present.has(element)) continue;
      observer.unobserve(element);
      observed.delete(element);
      visibleSinceMs.delete(element);
    }
    for (const element of present) {
      const itemId = element.getAttribute(ITEM) ?? '';
      if (observed.get(element) === itemId) continue;
      // Observing anew reports where it stands now: a recycled element is another item.
      observer.unobserve(element);
      observer.observe(element);
      observed.set(element, itemId);
    }
  };
  const stop = page.subscribe((change) => {
    if (change === 'navigated') {
      counted.clear();
      observed.clear();
      observer.disconnect();
      visibleSinceMs.clear();
    } else {
      scan();
    }
    // The time a page was hidden is not time in view: the count begins again when it is shown.
    for (const [element, sinceMs] of visibleSinceMs) {
      if (document.hidden) visibleSinceMs.set(element, Infinity);
      else if (sinceMs === Infinity) visibleSinceMs.set(element, performance.now());
    }
    schedule();
  });
  scan();
  return () => {
    stop();
    clearTimeout(timer);
    observer.disconnect();
  };
}
