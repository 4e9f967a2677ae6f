/**
 * @module
 * settleConsent: what a consent connection has heard -> what holds here.
 *
 * A refusal always counts. A permission counts for more than the browser's own privacy signal, or
 * than a refusal made on this site, only when the visitor has just given it; one that is merely
 * repeated as the page loads, or follows from the law of the place, ends waiting and no more.
 */
import type { Consent } from '../consent.ts';

/** The part of a recommender that a consent connection moves. */
export interface ConsentSeat {
  consent: () => Consent;
  setConsent: (consent: Consent) => void;
}

/** @param isChosenNow - the visitor has said so on this very page. */
export function settleConsent(seat: ConsentSeat, heard: Consent, isChosenNow: boolean): void {
  const held = seat.consent();
  if (heard === held) return;
  if (held === 'denied' && !isChosenNow) return;
  seat.setConsent(heard);
}
