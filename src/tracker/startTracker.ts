/**
 * @module
 * startTracker: every watcher that the options ask for, as one.
 */
import type { TrackedEvent } from '../events.ts';
import { listen, type OnError } from './guard.ts';
import { watchClicks } from './watchClicks.ts';
import { watchDwell } from './watchDwell.ts';
import { watchImpressions, type ImpressionRule } from './watchImpressions.ts';
import { watchPage } from './watchPage.ts';
import { watchViews } from './watchViews.ts';

export interface TrackerOptions extends ImpressionRule {
  track: { impressions: boolean; clicks: boolean; views: boolean; dwell: boolean };
  disabled: boolean;
}

/**
 * @param onReturn - the page came back from the back-forward cache, where it heard nothing.
 * @returns what ends it.
 */
export function startTracker(
  options: TrackerOptions,
  track: (event: TrackedEvent) => void,
  onError: OnError,
  onReturn: () => void,
): () => void {
  if (options.disabled) return () => {};
  const { impressions, clicks, views, dwell } = options.track;
  const stops = [
    listen(window, ['pageshow'], onError, (event) => {
      if ((event as PageTransitionEvent).persisted) onReturn();
    }),
  ];
  // A watcher that the browser cannot carry must not take the others with it.
  const start = (isWanted: boolean, watch: () => () => void) => {
    try {
      if (isWanted) stops.unshift(watch());
    } catch (error) {
      onError(error);
    }
  };
  start(clicks, () => watchClicks(onError, track));
  start(impressions || views || dwell, () => {
    const page = watchPage(onError);
    stops.unshift(page.stop);
    start(impressions, () => watchImpressions(page, options, track));
    start(views, () => watchViews(page, track));
    start(dwell, () => watchDwell(page, track));
    return () => {};
  });
  return () => {
    for (const stop of stops) stop();
  };
}
