/**
 * @module
 * begin: goes on where earlier pages have left off, once the database has said where that was.
 */
import { initialConsent } from '../tracker/consent.ts';
import { mayLearn, quietly, type Visit } from './visit.ts';

export async function begin(visit: Visit): Promise<void> {
  const { options, delivery, choices } = visit;
  const [chosen, last] = await visit.recall();
  if (visit.isDestroyed) return;
  visit.chosen = chosen;
  visit.consent = initialConsent(chosen, options);
  delivery.setOpen(mayLearn(visit));
  if (mayLearn(visit)) delivery.push(visit.left);
  // A signal of the browser's may be newer than what is stored, and a refusal than what is left.
  if (visit.consent === 'denied' && (chosen !== 'denied' || last)) quietly(choices.forget());
}
