/**
 * @module
 * observe: what the page's elements say, and what the site says already, at work for one recommender.
 */
import { guarded } from '../tracker/guard.ts';
import type { Markup } from '../tracker/markup.ts';
import { watchElements } from '../tracker/watchElements.ts';
import type { Ear } from './ear.ts';
import type { Recommender } from './types.ts';
import type { Visit } from './visit.ts';

/** @param known - settled once the visit says what the visitor has chosen. */
export function observe(
  visit: Visit,
  recommender: Pick<Recommender, 'track' | 'setConsent'>,
  { hear, onError, signal }: Ear,
  markup: Markup,
  known: Promise<unknown>,
): void {
  if (signal.aborted) return;
  guarded(onError, () => {
    const { options } = visit;
    const { page, stop } = watchElements(options, markup, hear, onError);
    signal.addEventListener('abort', stop);
    if (!options.connect) return;
    Promise.all([import('./connections.ts'), known])
      .then(([{ connect }]) => connect(visit, recommender, page, signal))
      .catch(onError);
  })();
}
