/**
 * @module
 * Why something that the page was given is refused, in words. Loaded for what is.
 */
import { requireOneOf } from '../errors.ts';
import { CONSENTS } from '../tracker/consent.ts';

export { refuseEvent } from '../tracker/refuseEvent.ts';

/** @throws {SottoError} `invalid-argument`, unless it is one. */
export function refuseConsent(consent: unknown): void {
  requireOneOf('consent', consent, CONSENTS);
}
