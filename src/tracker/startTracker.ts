/**
 * @module
 * startTracker: every watcher that the options ask for, as one.
 */
import type { TrackedEvent } from '../events.ts';
import type { OnError } from './guard.ts';
import { watchClicks } from './watchClicks.ts';
import { dwellOnViewed } from './dwellOnViewed.ts';
import { watchImpressions, type ImpressionRule } from './watchImpressions.ts';
import { watchPage, type Page } from './watchPage.ts';
import { watchViews } from './watchViews.ts';

export interface TrackerOptions extends ImpressionRule {
  track: boolean | { impressions?: boolean; clicks?: boolean; views?: boolean; dwell?: boolean };
}

export interface Tracker {
  readonly page: Page;
  stop: () => void;
}

export function startTracker(
  options: TrackerOptions,
  track: (event: TrackedEvent) => void,
  onError: OnError,
): Tracker {
  const { track: wanted } = options;
  const {
    impressions = true,
    clicks = true,
    views = true,
    dwell = true,
  } = wanted === true
    ? {}
    : wanted || { impressions: false, clicks: false, views: false, dwell: false };
  const page = watchPage(onError);
  const stops = [
    // First: what it still has to say, it says while the others run.
    dwell && dwellOnViewed(page, track),
    impressions && watchImpressions(page, options, track),
    views && watchViews(page, track),
    clicks && watchClicks(onError, track),
    () => page.stop(),
  ];
  return {
    page,
    stop() {
      for (const stop of stops) if (stop) stop();
    },
  };
}
