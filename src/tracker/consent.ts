/**
 * @module
 * Consent: what the visitor has allowed, and what holds until they have said.
 */

/** 'pending': events wait in memory; 'denied': they are dropped and nothing is kept. */
export const CONSENTS = ['granted', 'denied', 'pending'] as const;

export type Consent = (typeof CONSENTS)[number];

/**
 * A choice made on this site stands above the browser's signals: it is the later and the more
 * particular one.
 * @param chosen - as stored; anything else than a Consent counts as no choice.
 */
export function initialConsent(
  chosen: unknown,
  options: { requireConsent: boolean; respectPrivacySignals: boolean },
): Consent {
  if (CONSENTS.includes(chosen as Consent)) return chosen as Consent;
  if (options.respectPrivacySignals && hasPrivacySignal()) return 'denied';
  return options.requireConsent ? 'pending' : 'granted';
}

/** https://privacycg.github.io/gpc-spec/ and the older https://www.w3.org/TR/tracking-dnt/ */
function hasPrivacySignal(): boolean | undefined {
  const { globalPrivacyControl, doNotTrack } = navigator as Navigator & {
    globalPrivacyControl?: boolean;
    doNotTrack?: string | null;
  };
  return globalPrivacyControl || doNotTrack === '1';
}
