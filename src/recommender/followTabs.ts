/**
 * @module
 * followTabs: what the site's other tabs track, and what the visitor decides there.
 */
import { CREDITS } from '../store/types.ts';
import type { Consent } from '../tracker/consent.ts';
import { trimCredits } from '../tracker/credits.ts';
import type { Learning } from './answerTypes.ts';
import { joinTabs, type Tabs } from './tabs.ts';
import { mayLearn, quietly, type Visit } from './visit.ts';

export function followTabs(visit: Visit, { learnSoon }: Learning): Tabs {
  const { options, guard, delivery, choices, credits, stores } = visit;
  const catchUp = async () => {
    const [chosen] = await visit.recall();
    if (chosen && chosen !== visit.chosen) await choices.consent(chosen as Consent, false);
    // Too old to be credited is too old to be kept.
    if (mayLearn(visit) && trimCredits(credits, Date.now())) {
      await stores.use((store) => store.put('settings', CREDITS, credits));
    }
  };
  // What they have said since the script has read the database, and before this was there to hear it.
  // What they say meanwhile is newer, and must be heeded after it.
  let caughtUp = catchUp().catch(() => {});
  return joinTabs(
    options.name,
    guard.signal,
    (message) =>
      void caughtUp.then(() => {
        if (visit.isDestroyed) return;
        if (message.type === 'appended') {
          message.events.forEach(visit.join);
          learnSoon();
        } else if (message.type === 'forgotten') quietly(choices.forget(message.itemId, false));
        else quietly(choices.consent(message.consent, false));
      }),
    () => {
      // Until it is known what was chosen while this page was away, events wait.
      delivery.setOpen(false);
      caughtUp = catchUp()
        .then(() => {
          delivery.setOpen(mayLearn(visit));
          learnSoon();
        })
        .catch(() => {});
    },
  );
}
