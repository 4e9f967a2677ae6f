/**
 * @module
 * watchElements: every watcher of elements that the options ask for, as one: what is clicked, what is
 * seen, and for how long.
 */
import type { TrackedEvent } from '../events.ts';
import { dwellOnViewed } from './dwellOnViewed.ts';
import type { Guard } from './guard.ts';
import { watchClicks } from './watchClicks.ts';
import { watchImpressions, type ImpressionRule } from './watchImpressions.ts';
import { watchPage, type Page } from './watchPage.ts';
import { watchViews } from './watchViews.ts';
import { watches, type Watched } from './watched.ts';

export function watchElements(
  options: ImpressionRule & Watched,
  guard: Guard,
  track: (event: TrackedEvent) => void,
): Page {
  if (watches(options, 'clicks')) watchClicks(guard, track);
  const page = watchPage(guard);
  if (watches(options, 'impressions')) watchImpressions(page, options, track);
  if (watches(options, 'views')) watchViews(page, track);
  if (watches(options, 'dwell')) dwellOnViewed(page, track);
  return page;
}
