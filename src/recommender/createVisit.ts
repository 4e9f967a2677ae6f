/**
 * @module
 * createVisit: what a recommender has from its first moment. Nobody has chosen anything yet, as far as
 * is known, and so nothing is written.
 */
import { asSottoError } from '../errors.ts';
import type { FeedbackEvent } from '../events.ts';
import type { PageOptions } from '../options.ts';
import { CREDITS } from '../store/types.ts';
import { noteCredit } from '../tracker/credits.ts';
import { createJournal } from '../tracker/journal.ts';
import { createSession } from '../tracker/session.ts';
import { createChoices } from './choices.ts';
import { createDelivery } from './delivery.ts';
import { createListeners } from './listeners.ts';
import { createRecall } from './recall.ts';
import { createStorage } from './storage.ts';
import { tellAnswers, type Visit } from './visit.ts';

/**
 * @param isOff - nothing is to be read, kept or learned.
 * @param signal - aborted once the recommender is destroyed.
 */
export function createVisit(options: PageOptions, isOff: boolean, signal: AbortSignal): Visit {
  const credits: Visit['credits'] = new Map();
  const listeners = createListeners();
  const stores = createStorage(isOff ? null : options.name, (error) => {
    listeners.fail(error);
    tellAnswers(visit, ({ leaveDatabase }) => leaveDatabase());
  });
  const journal = createJournal(options.name);
  // Whatever is written replaces it.
  const left = journal.read();
  const append = async (events: readonly FeedbackEvent[]) => {
    const chose = events.map((event) => noteCredit(credits, event)).includes(true);
    const appended = stores.use((store) =>
      Promise.all([store.append(events), chose && store.put('settings', CREDITS, credits)]),
    );
    // Behind it: of a page that is being left the log comes first.
    tellAnswers(visit, ({ anticipate }) => anticipate());
    await appended;
    tellAnswers(visit, ({ landed }) => landed(events));
    return stores.kind() !== 'memory';
  };
  const delivery = createDelivery(journal, append);
  const session = createSession();
  const visit = {
    options,
    listeners,
    guard: { signal, onError: (error: unknown) => listeners.fail(asSottoError(error)) },
    stores,
    session,
    join(event: FeedbackEvent) {
      session.join(event);
      noteCredit(credits, event);
    },
    credits,
    delivery,
    left,
    consent: isOff ? 'denied' : 'pending',
    paused: false,
    isOff,
    epoch: 0,
  } as Partial<Visit> as Visit;
  visit.choices = createChoices(visit);
  visit.recall = createRecall(visit);
  return visit;
}
