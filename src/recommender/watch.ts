/**
 * @module
 * watch: the tracker, and what the site says already, at work for one recommender.
 */
import { asSottoError } from '../errors.ts';
import { CREDITS } from '../store/types.ts';
import type { Consent } from '../tracker/consent.ts';
import { replaceCredits } from '../tracker/credits.ts';
import { startTracker } from '../tracker/startTracker.ts';
import type { Recommender } from './types.ts';
import { learnMore, mayLearn, quietly, type Visit } from './visit.ts';

/**
 * @param applyConsent - as another tab has changed it.
 * @returns what ends it.
 */
export function watch(
  visit: Visit,
  recommender: Pick<Recommender, 'track' | 'setConsent'>,
  applyConsent: (to: Consent, isOurs: boolean) => Promise<void>,
): () => void {
  const { options, listeners, storage, delivery } = visit;
  const onError = (error: unknown) => listeners.fail(asSottoError(error));
  const ended = new AbortController();
  const { page, stop } = startTracker(options, recommender.track, onError);

  /** The page was away, in the back-forward cache, and has heard nothing of the other tabs. */
  const catchUp = async () => {
    // Until it is known what was chosen meanwhile, events wait.
    delivery.setOpen(false);
    const [chosen, held] = await storage.use((store) =>
      Promise.all(['consent', CREDITS].map((key) => store.get('settings', key))),
    );
    // Another tab may have forgotten some, or all.
    if (mayLearn(visit)) replaceCredits(visit.credits, held);
    if (chosen && chosen !== visit.chosen) await applyConsent(chosen as Consent, false);
    delivery.setOpen(mayLearn(visit));
    learnMore(visit);
  };
  page.subscribe((change) => {
    if (change === 'returned') quietly(catchUp());
  });

  if (options.connect) {
    import('./connections.ts')
      .then(({ connect }) => connect(visit, recommender, page, ended.signal))
      .catch(onError);
  }
  return () => {
    ended.abort();
    stop();
  };
}
