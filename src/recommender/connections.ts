/**
 * @module
 * connect: what the option of that name lists, at work for one recommender. Loaded where it is set.
 */
import { startConnections } from '../tracker/connections.ts';
import type { Page } from '../tracker/watchPage.ts';
import type { Recommender } from './types.ts';
import { quietly, type Visit } from './visit.ts';

export function connect(
  visit: Visit,
  { track, setConsent }: Pick<Recommender, 'track' | 'setConsent'>,
  page: Page,
): void {
  const { options, listeners } = visit;
  startConnections(options.connect as Record<string, unknown>, {
    track,
    watched: options.track,
    consent: () => visit.consent,
    setConsent: (to) => quietly(setConsent(to)),
    setPageItem: page.setItem,
    onPage: page.subscribe,
    warn: listeners.hint,
    signal: page.signal,
  });
}
