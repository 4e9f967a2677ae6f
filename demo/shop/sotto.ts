/**
 * @module
 * The recommender as the script tag leaves it on the page. Only types come from the package: the
 * code is the script tag's own, and until it has loaded the queue stub takes the calls.
 */
import type { Recommender } from 'sotto';

declare global {
  var sotto: Recommender;
}

/** Read at every call: the stub makes way for the real thing while the page is in use. */
export const sotto = (): Recommender => window.sotto;
