/**
 * @module
 * watchImpressions: an item counts as seen when enough of it was in view for long enough; once per
 * item, list and page view. One observer and one timer, however many items there are.
 *
 * The rule is the one for viewable impressions of MRC and IAB, by default: half of the pixels for
 * one continuous second, of a large item 30 %.
 * https://mediaratingcouncil.org/sites/default/files/Standards/063014%20Viewable%20Ad%20Impression%20Guideline_Final.pdf
 */
import type { TrackedEvent } from '../events.ts';
import { guarded } from './guard.ts';
import { ITEM, LIST, closestOf, placeOf } from './markup.ts';
import type { Page } from './watchPage.ts';

export interface ImpressionRule {
  /** Share of the item's area, in [0.01, 1]. */
  minVisibleRatio: number;
  minVisibleMs: number;
}

const LARGE_PX2 = 242_000;
const LARGE_RATIO = 0.3;

/** The ratio that is reported for exactly the threshold may lie a rounding below it. */
const ROUNDING = 0.001;

export function watchImpressions(
  page: Page,
  { minVisibleRatio, minVisibleMs }: ImpressionRule,
  track: (event: TrackedEvent) => void,
): void {
  const largeRatio = Math.min(minVisibleRatio, LARGE_RATIO);
  /** Item and list of every element under observation, as they were then. */
  let observed = new WeakMap<Element, string>();
  const visibleSinceMs = new Map<Element, number>();
  const counted = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const keyOf = (element: Element) =>
    `${closestOf(element, LIST)?.getAttribute(LIST)}\n${element.getAttribute(ITEM)}`;
  const schedule = () => {
    clearTimeout(timer);
    // The first is the one that has been in view for longest.
    const [sinceMs] = visibleSinceMs.values();
    if (sinceMs >= 0) timer = setTimeout(count, sinceMs + minVisibleMs - performance.now());
  };
  const count = guarded(page.onError, () => {
    const latest = performance.now() - minVisibleMs;
    for (const [element, sinceMs] of visibleSinceMs) {
      if (sinceMs > latest) break;
      visibleSinceMs.delete(element);
      const place = element.isConnected && placeOf(element);
      if (!place) {
        // Left alone for now: with the next change it is looked at anew.
        observed.delete(element);
        continue;
      }
      // Once is enough, and each that is observed costs every frame of a scroll.
      observer.unobserve(element);
      const key = keyOf(element);
      if (!counted.has(key)) track({ ...place, action: 'impression' });
      counted.add(key);
    }
    schedule();
  });

  const observer = new IntersectionObserver(
    guarded(page.onError, (entries: IntersectionObserverEntry[]) => {
      for (const { target, intersectionRatio, boundingClientRect } of entries) {
        const { width, height } = boundingClientRect;
        const ratio = width * height > LARGE_PX2 ? largeRatio : minVisibleRatio;
        if (intersectionRatio < ratio - ROUNDING) visibleSinceMs.delete(target);
        else if (!visibleSinceMs.has(target)) visibleSinceMs.set(target, performance.now());
      }
      schedule();
    }),
    { threshold: [largeRatio, minVisibleRatio] },
  );
  const restart = () => {
    observer.disconnect();
    visibleSinceMs.clear();
    observed = new WeakMap();
  };
  const scan = () => {
    // The time a page is hidden is not time in view.
    if (document.hidden) restart();
    else {
      for (const element of page.matching(`[${ITEM}]`)) {
        const key = keyOf(element);
        if (observed.get(element) === key) continue;
        observed.set(element, key);
        // Observed anew, an element reports where it stands, and its time begins again.
        visibleSinceMs.delete(element);
        observer.unobserve(element);
        observer.observe(element);
      }
    }
    schedule();
  };
  page.subscribe((change) => {
    if (change !== 'changed') {
      counted.clear();
      restart();
    }
    scan();
  });
  page.signal.addEventListener('abort', () => {
    clearTimeout(timer);
    observer.disconnect();
  });
  scan();
}
