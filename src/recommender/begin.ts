/**
 * @module
 * begin: goes on where earlier pages have left off, once the database has said where that was.
 */
import { initialConsent } from '../tracker/consent.ts';
import { noteCredit } from '../tracker/credits.ts';
import type { Choices } from './choices.ts';
import { recall } from './recall.ts';
import { joinTabs } from './tabs.ts';
import { learnMore, mayLearn, quietly, type Visit } from './visit.ts';

export async function begin(visit: Visit, choices: Choices): Promise<void> {
  const { options, guard, session, credits, delivery } = visit;
  const [chosen, last] = await recall(visit);
  if (visit.isDestroyed) return;
  visit.chosen = chosen;
  visit.consent = initialConsent(chosen, options);
  visit.tabs = joinTabs(
    options.name,
    guard,
    (message) => {
      if (visit.isDestroyed) return;
      if (message.type === 'appended') {
        for (const event of message.events) {
          session.join(event);
          noteCredit(credits, event);
        }
        learnMore(visit);
      } else if (message.type === 'forgotten') quietly(choices.forget(message.itemId, false));
      else quietly(choices.consent(message.consent, false));
    },
    () => quietly(choices.catchUp()),
  );
  delivery.setOpen(mayLearn(visit));
  if (mayLearn(visit)) delivery.push(visit.left);
  // A signal of the browser's may be newer than what is stored, and a refusal than what is left.
  if (visit.consent === 'denied' && (chosen !== 'denied' || last)) quietly(choices.forget());
}
