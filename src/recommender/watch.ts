/**
 * @module
 * watch: hears what the visitor does, from the script's first task, and what the site says already.
 */
import type { TrackedEvent } from '../events.ts';
import { guarded } from '../tracker/guard.ts';
import { watchElements } from '../tracker/watchElements.ts';
import type { Recommender } from './types.ts';
import { quietly, type Visit } from './visit.ts';

/**
 * @param known - settled once the visit says what the visitor has chosen. What was heard before goes
 * its way then, and all after it.
 */
export function watch(
  visit: Visit,
  recommender: Pick<Recommender, 'track' | 'setConsent'>,
  known: Promise<unknown>,
): void {
  const { options, guard } = visit;
  const early: TrackedEvent[] = [];
  let track = (event: TrackedEvent): unknown => early.push({ ...event, timestamp: Date.now() });
  quietly(
    known.then(() => {
      track = recommender.track;
      // A refusal leaves nothing in memory.
      early.splice(0).forEach(track);
    }),
  );
  guarded(guard.onError, () => {
    const page = watchElements(options, guard, (event) => void track(event));
    if (!options.connect) return;
    Promise.all([import('./connections.ts'), known])
      .then(([{ connect }]) => connect(visit, recommender, page))
      .catch(guard.onError);
  })();
}
