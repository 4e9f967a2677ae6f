/**
 * @module
 * applyConsent: from now on, in this tab. Whether events are taken changes at once; what follows
 * (another worker, an empty store) is awaited.
 */
import type { Consent } from '../tracker/consent.ts';
import { forget } from './forget.ts';
import { mayLearn, type Visit } from './visit.ts';

/** @param isOurs - false: another tab has changed it, and the store that both share. */
export async function applyConsent(visit: Visit, to: Consent, isOurs = true): Promise<void> {
  const learned = mayLearn(visit);
  visit.chosen = visit.consent = to;
  visit.epoch++;
  visit.delivery.setOpen(mayLearn(visit));
  const changes = learned !== mayLearn(visit);
  // The worker must let go of the database before it is emptied.
  if (changes) visit.learning.restart('consent');
  if (to === 'denied') await forget(visit, undefined, isOurs);
  else if (isOurs) await visit.storage.use((store) => store.put('settings', 'consent', to));
  if (!changes) visit.listeners.emit('update', { reason: 'consent' });
}
