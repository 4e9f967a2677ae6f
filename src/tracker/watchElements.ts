/**
 * @module
 * watchElements: every watcher of elements that the options ask for, as one: what is seen, and for
 * how long. Clicks are heard by the script itself, since one may lead to another page.
 */
import type { TrackedEvent } from '../events.ts';
import { dwellOnViewed } from './dwellOnViewed.ts';
import type { OnError } from './guard.ts';
import type { Markup } from './markup.ts';
import { watchImpressions, type ImpressionRule } from './watchImpressions.ts';
import { watchPage, type Page } from './watchPage.ts';
import { watchViews } from './watchViews.ts';
import { watches, type Watched } from './watched.ts';

export interface Elements {
  readonly page: Page;
  stop: () => void;
}

export function watchElements(
  options: ImpressionRule & Watched,
  markup: Markup,
  track: (event: TrackedEvent) => void,
  onError: OnError,
): Elements {
  const page = watchPage(onError, markup);
  const stops = [
    // First: what it still has to say, it says while the others run.
    watches(options, 'dwell') && dwellOnViewed(page, track),
    watches(options, 'impressions') && watchImpressions(page, options, track),
    watches(options, 'views') && watchViews(page, track),
    () => page.stop(),
  ];
  return {
    page,
    stop() {
      for (const stop of stops) if (stop) stop();
    },
  };
}
