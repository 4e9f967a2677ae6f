/**
 * @module
 * watch: hears what the visitor does, from the script's first moment. Clicks by itself; whatever
 * watches elements is in the second half of the page, and tells the same ear.
 */
import { asSottoError } from '../errors.ts';
import type { TrackedEvent } from '../events.ts';
import type { OnError } from '../tracker/guard.ts';
import { closestOf, forgetPositions, placeOf } from '../tracker/markup.ts';
import { watchClicks } from '../tracker/watchClicks.ts';
import { watches } from '../tracker/watched.ts';
import type * as secondHalf from './secondHalf.ts';
import type { Recommender } from './types.ts';
import { quietly, type Visit } from './visit.ts';

/** Where all that is seen goes. */
export interface Ear {
  hear: (event: TrackedEvent) => void;
  onError: OnError;
  /** Aborted once nobody listens any more. */
  signal: AbortSignal;
}

export interface Watch {
  /** What was heard before it was known whether it may be kept goes its way, and all after it. */
  open: () => void;
  stop: () => void;
}

/** @param known - settled after `open`. */
export function watch(
  visit: Visit,
  recommender: Pick<Recommender, 'track' | 'setConsent'>,
  half: Promise<typeof secondHalf>,
  known: Promise<unknown>,
): Watch {
  const ended = new AbortController();
  const early: TrackedEvent[] = [];
  let track = (event: TrackedEvent): unknown => early.push({ ...event, timestamp: Date.now() });
  const ear: Ear = {
    hear: (event) => void track(event),
    onError: (error) => visit.listeners.fail(asSottoError(error)),
    signal: ended.signal,
  };
  const endClicks = watches(visit.options, 'clicks') && watchClicks(ear.onError, ear.hear);
  quietly(
    half.then(({ observe }) =>
      observe(visit, recommender, ear, { closestOf, placeOf, forgetPositions }, known),
    ),
  );
  return {
    open() {
      track = recommender.track;
      early.forEach(track);
    },
    stop() {
      ended.abort();
      if (endClicks) endClicks();
    },
  };
}
