/**
 * @module
 * begin: goes on where earlier pages have left off, once the database has said where that was.
 */
import { CREDITS } from '../store/types.ts';
import { initialConsent } from '../tracker/consent.ts';
import { noteCredit, trimCredits } from '../tracker/credits.ts';
import type { Choices } from './choices.ts';
import { recall } from './recall.ts';
import { joinTabs } from './tabs.ts';
import { learnMore, mayLearn, quietly, type Visit } from './visit.ts';

export async function begin(visit: Visit, choices: Choices): Promise<void> {
  const { options, session, credits, delivery, storage } = visit;
  const recalling = recall(visit);
  // Before it has been read: what another tab says meanwhile is newer, and is heeded after it.
  visit.tabs = joinTabs(
    options.name,
    (message) =>
      quietly(
        recalling.then(() => {
          if (visit.isDestroyed) return;
          if (message.type === 'appended') {
            for (const event of message.events) {
              session.join(event);
              noteCredit(credits, event);
            }
            learnMore(visit);
          } else if (message.type === 'forgotten') quietly(choices.forget(message.itemId, false));
          else quietly(choices.consent(message.consent, false));
        }),
      ),
    () => quietly(choices.catchUp()),
  );
  const [chosen, last] = await recalling;
  if (visit.isDestroyed) return;
  visit.chosen = chosen;
  visit.consent = initialConsent(chosen, options);
  delivery.setOpen(mayLearn(visit));
  if (mayLearn(visit)) {
    delivery.push(visit.left);
    // Too old to be credited is too old to be kept.
    if (trimCredits(credits, Date.now())) {
      quietly(storage.use((store) => store.put('settings', CREDITS, credits)));
    }
  }
  // A signal of the browser's may be newer than what is stored, and a refusal than what is left.
  if (visit.consent === 'denied' && (chosen !== 'denied' || last)) quietly(choices.forget());
}
