/**
 * @module
 * watch: the tracker, and what the site says already, at work for one recommender.
 */
import { asSottoError } from '../errors.ts';
import type { TrackedEvent } from '../events.ts';
import type { Consent } from '../tracker/consent.ts';
import { startTracker } from '../tracker/startTracker.ts';
import type { Choices } from './choices.ts';
import { recall } from './recall.ts';
import type { Recommender } from './types.ts';
import { learnMore, mayLearn, quietly, type Visit } from './visit.ts';

export interface Watch {
  /** What was seen before it was known whether it may be kept goes its way, and all after it. */
  open: () => void;
  stop: () => void;
}

/** Sees all from now on. */
export function watch(
  visit: Visit,
  recommender: Pick<Recommender, 'track' | 'setConsent'>,
  choices: Choices,
): Watch {
  const { options, listeners, delivery } = visit;
  const onError = (error: unknown) => listeners.fail(asSottoError(error));
  const ended = new AbortController();
  let track = (event: TrackedEvent): unknown => early.push({ ...event, timestamp: Date.now() });
  const early: TrackedEvent[] = [];
  const { page, stop } = startTracker(options, (event) => track(event), onError);

  /** The page was away, in the back-forward cache, and has heard nothing of the other tabs. */
  const catchUp = async () => {
    // Until it is known what was chosen meanwhile, events wait.
    delivery.setOpen(false);
    const [chosen] = await recall(visit);
    if (chosen && chosen !== visit.chosen) await choices.consent(chosen as Consent, false);
    delivery.setOpen(mayLearn(visit));
    learnMore(visit);
  };
  return {
    open() {
      track = recommender.track;
      early.forEach(track);
      page.subscribe((change) => {
        if (change === 'returned') quietly(catchUp());
      });
      if (!options.connect) return;
      import('./connections.ts')
        .then(({ connect }) => connect(visit, recommender, page, ended.signal))
        .catch(onError);
    },
    stop() {
      ended.abort();
      stop();
    },
  };
}
