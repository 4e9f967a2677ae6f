/**
 * @module
 * watchConsentMode: the visitor's choice as a site says it to Google's tags, by
 * `gtag('consent', 'default' | 'update', { … })`, past commands included.
 *
 * https://developers.google.com/tag-platform/security/guides/consent
 */
import { guarded } from '../guard.ts';
import { watchEntries, type LayerHost } from './dataLayerEntries.ts';
import { readNumber } from './readText.ts';
import { reasonOf } from './reasonOf.ts';
import { settleConsent, type ConsentSeat } from './settleConsent.ts';

/**
 * Sotto notes what visitors do (analytics) in order to show what suits them (personalisation): each
 * of the two that the site speaks of must be granted. One that is never mentioned does not count.
 */
const TYPES = ['analytics_storage', 'personalization_storage'] as const;

/** How long an earlier permission still holds under a refusing default, unless the site says. */
const DEFAULT_WAIT_MS = 2000;
const MAX_WAIT_MS = 10_000;

type Said = Partial<Record<(typeof TYPES)[number], boolean>>;

/**
 * @param onWarning - at most once: the data layer cannot be read.
 * @param onPage - calls back whenever the page has changed.
 * @returns what ends it.
 */
export function watchConsentMode(
  host: LayerHost,
  name: string,
  seat: ConsentSeat,
  onWarning: (message: string) => void,
  onPage?: (listener: () => void) => void,
): () => void {
  let isWarned = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waitMs = DEFAULT_WAIT_MS;
  const defaults: Said = {};
  const updates: Said = {};

  const onError = (error: unknown) => {
    if (!isWarned) onWarning(`${name}: a command cannot be read: ${reasonOf(error)}`);
    isWarned = true;
  };
  const settle = guarded(onError, () => {
    const effective = Object.values({ ...defaults, ...updates });
    if (!effective.length) return;
    const isGranted = effective.every(Boolean);
    // A default is not the visitor's word: it never denies for good, it waits.
    if (!Object.keys(updates).length) settleConsent(seat, isGranted ? 'granted' : 'pending', false);
    else settleConsent(seat, isGranted ? 'granted' : 'denied', hasActed());
  });
  const settleAfter = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(settle, ms);
  };

  const stop = watchEntries(
    host,
    name,
    (entry) => {
      const [command, kind, given] = argumentsOf(entry);
      if (command !== 'consent' || typeof given !== 'object' || !given) return;
      const states = given as Record<string, unknown>;
      for (const type of TYPES) {
        const state = states[type];
        if (state !== 'granted' && state !== 'denied') continue;
        if (kind === 'update') updates[type] = state === 'granted';
        // A default for one region counts for all, as nobody here knows the visitor's region: of
        // several the refusing one.
        if (kind === 'default') defaults[type] = state === 'granted' && defaults[type] !== false;
      }
      if (kind === 'default') {
        waitMs = Math.min(readNumber(states['wait_for_update']) ?? waitMs, MAX_WAIT_MS);
      }
      // Never at once: of all the commands that are there already the last word counts.
      const mayWait = !Object.keys(updates).length && seat.consent() === 'granted';
      settleAfter(mayWait ? waitMs : 0);
    },
    onError,
    onPage,
  );
  return () => {
    stop();
    clearTimeout(timer);
  };
}

/** The first three of `gtag`'s arguments; an entry in another form has none. */
function argumentsOf(entry: unknown): unknown[] {
  if (typeof entry !== 'object' || !entry) return [];
  const given = entry as Record<number, unknown>;
  return [given[0], given[1], given[2]];
}

/** Whether the visitor has clicked or typed on this page; where that is not known, it may well be. */
function hasActed(): boolean {
  return (navigator as Partial<Navigator>).userActivation?.hasBeenActive ?? true;
}
