/**
 * @module
 * createChoices: what the visitor decides, here or in another tab, from the moment it is said.
 */
import type { Choices } from './choiceTypes.ts';
import { mayLearn, quietly, tellAnswers, type Visit } from './visit.ts';

export function createChoices(visit: Visit): Choices {
  const { credits, delivery, session, stores } = visit;
  const keep = (key: string, value: unknown) =>
    stores.use((store) => store.put('settings', key, value));
  const forget: Choices['forget'] = (itemId, isOurs = true) => {
    visit.epoch++;
    if (itemId === undefined) {
      session.end();
      credits.clear();
    } else credits.delete(itemId);
    // What waits goes now; what comes while the rest is loaded stays.
    return delivery.forget(itemId, async () =>
      (await import('./forget.ts')).forget(visit, itemId, isOurs),
    );
  };
  /** Whether events are taken changes at once, and what was chosen is kept before all else. */
  const consent: Choices['consent'] = async (to, isOurs = true) => {
    const learned = mayLearn(visit);
    visit.chosen = visit.consent = to;
    visit.epoch++;
    delivery.setOpen(mayLearn(visit));
    // The worker must let go of the database before it is emptied.
    tellAnswers(visit, ({ consented }) => consented(learned));
    if (isOurs) {
      await keep('consent', to);
      // Not before: a tab that is just beginning reads it there, or hears it.
      tellAnswers(visit, ({ tell }) => tell({ type: 'consent', consent: to }));
    }
    if (to === 'denied') await forget(undefined, isOurs);
  };
  return {
    forget,
    consent,
    pause(to) {
      visit.paused = to;
      quietly(keep('paused', to));
    },
  };
}
