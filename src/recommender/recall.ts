/**
 * @module
 * createRecall: what the store holds of this visitor. Until it is known, nothing is written.
 */
import type { FeedbackEvent } from '../events.ts';
import { CREDITS } from '../store/types.ts';
import { replaceCredits } from '../tracker/credits.ts';
import { mayLearn, type Visit } from './visit.ts';

/** @returns what is read again with each call, and put to use. */
export function createRecall(visit: Visit): Visit['recall'] {
  const { credits, session, stores } = visit;
  return async () => {
    const [chosen, paused, held, last] = await stores.use((store) =>
      Promise.all([
        ...['consent', 'paused', CREDITS].map((key) => store.get('settings', key)),
        store.lastEvent(),
      ]),
    );
    visit.paused = paused === true;
    if (last) session.join(last as FeedbackEvent);
    // Another tab may have forgotten some, or all; what waits for consent here stands in no store.
    if (mayLearn(visit) || !credits.size) replaceCredits(credits, held);
    return [chosen, last as FeedbackEvent | undefined];
  };
}
