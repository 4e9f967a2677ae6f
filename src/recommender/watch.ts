/**
 * @module
 * watch: hears what the visitor does, from the script's first moment. Clicks by itself; whatever
 * watches elements is in the second half of the page, and tells the same ear.
 */
import { asSottoError } from '../errors.ts';
import type { TrackedEvent } from '../events.ts';
import { closestOf, forgetPositions, placeOf } from '../tracker/markup.ts';
import { watchClicks } from '../tracker/watchClicks.ts';
import { watches } from '../tracker/watched.ts';
import type { Ear } from './ear.ts';
import type * as secondHalf from './secondHalf.ts';
import type { Recommender } from './types.ts';
import { quietly, type Visit } from './visit.ts';

/**
 * @param signal - ends it.
 * @param known - settled once the visit says what the visitor has chosen. What was heard before goes
 * its way then, and all after it.
 */
export function watch(
  visit: Visit,
  recommender: Pick<Recommender, 'track' | 'setConsent'>,
  signal: AbortSignal,
  half: Promise<typeof secondHalf>,
  known: Promise<unknown>,
): void {
  const early: TrackedEvent[] = [];
  let track = (event: TrackedEvent): unknown => early.push({ ...event, timestamp: Date.now() });
  const ear: Ear = {
    hear: (event) => void track(event),
    onError: (error) => visit.listeners.fail(asSottoError(error)),
    signal,
  };
  if (watches(visit.options, 'clicks')) {
    signal.addEventListener('abort', watchClicks(ear.onError, ear.hear));
  }
  quietly(
    half.then(({ observe }) =>
      observe(visit, recommender, ear, { closestOf, placeOf, forgetPositions }, known),
    ),
  );
  quietly(
    known.then(() => {
      track = recommender.track;
      early.forEach(track);
    }),
  );
}
