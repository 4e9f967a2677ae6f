/**
 * @module
 * Consent: what the visitor has allowed, and what holds until they have said.
 */

/** 'pending': events wait in memory; 'denied': they are dropped and nothing is kept. */
export type Consent = 'granted' | 'denied' | 'pending';

export function isConsent(value: unknown): value is Consent {
  return value === 'granted' || value === 'denied' || value === 'pending';
}

/**
 * A choice made on this site stands above the browser's signals: it is the later and the more
 * particular one.
 * @param chosen - as stored; anything else than a Consent counts as no choice.
 */
export function initialConsent(
  chosen: unknown,
  options: { requireConsent: boolean; respectPrivacySignals: boolean },
): Consent {
  if (isConsent(chosen)) return chosen;
  if (options.respectPrivacySignals && hasPrivacySignal()) return 'denied';
  return options.requireConsent ? 'pending' : 'granted';
}

/** https://privacycg.github.io/gpc-spec/ and the older https://www.w3.org/TR/tracking-dnt/ */
function hasPrivacySignal(): boolean {
  const { globalPrivacyControl, doNotTrack } = navigator as Navigator & {
    globalPrivacyControl?: boolean;
    doNotTrack?: string | null;
  };
  return globalPrivacyControl === true || doNotTrack === '1';
}
