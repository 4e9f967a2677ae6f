/**
 * @module
 * Choices: what the visitor may decide.
 */
import type { Consent } from '../tracker/consent.ts';

export interface Choices {
  /** @param isOurs - false: another tab has emptied the store that both share. */
  forget: (itemId?: string, isOurs?: boolean) => Promise<void>;
  /** @param isOurs - false: another tab has said and stored it. */
  consent: (to: Consent, isOurs?: boolean) => Promise<void>;
  pause: (to: boolean) => void;
}
