/**
 * @module
 * startRecommender: wires tracker, storage and worker into the public Recommender. It resolves as
 * soon as events can be kept; the worker opens behind it, and whatever needs it waits for it.
 */
import { requireOneOf, requireText } from '../errors.ts';
import { MAX_ITEM_ID_LENGTH, type FeedbackEvent } from '../events.ts';
import type { PageOptions } from '../options.ts';
import { CREDITS } from '../store/types.ts';
import { CONSENTS, initialConsent, type Consent } from '../tracker/consent.ts';
import { noteCredit, trimCredits, type Credits } from '../tracker/credits.ts';
import { createJournal } from '../tracker/journal.ts';
import { createSession } from '../tracker/session.ts';
import { createDelivery } from './delivery.ts';
import { createLearning } from './learning.ts';
import { createListCalls } from './listCalls.ts';
import { createListeners } from './listeners.ts';
import type { Places } from './places.ts';
import { createStorage } from './storage.ts';
import { joinTabs } from './tabs.ts';
import { createTrack } from './track.ts';
import type { Recommender } from './types.ts';
import { expectAlive, learnMore, mayLearn, quietly, type Visit } from './visit.ts';
import { watch } from './watch.ts';

/** A page without storage or worker is no reason to fail. */
export async function startRecommender(options: PageOptions, places: Places): Promise<Recommender> {
  const { signal } = places;
  const isOff = options.disabled || (navigator.webdriver && !options.trackAutomated);
  if (isPrerendering()) {
    // A page that nobody may ever see: nothing is read, kept or loaded for it.
    await new Promise((resolve) =>
      document.addEventListener('prerenderingchange', resolve, { once: true }),
    );
  }
  const listeners = createListeners();
  const session = createSession();
  const visit = { options, listeners, session, isDestroyed: false, epoch: 0 } as Visit;
  const storage = (visit.storage = createStorage(isOff ? null : options.name, (error) => {
    listeners.fail(error);
    // There is none yet when the very first reading fails.
    (visit.learning as Visit['learning'] | undefined)?.restart('learned');
  }));
  const [chosen, paused, held, last] = isOff
    ? []
    : await storage.use((store) =>
        Promise.all([
          ...['consent', 'paused', CREDITS].map((key) => store.get('settings', key)),
          store.lastEvent(),
        ]),
      );
  if (last) session.join(last as Parameters<typeof session.join>[0]);
  const credits: Credits = held instanceof Map ? (held as Credits) : new Map<string, never>();
  visit.credits = credits;
  trimCredits(credits, Date.now());
  visit.paused = paused === true;
  visit.chosen = chosen;
  visit.consent = isOff ? 'denied' : initialConsent(chosen, options);
  const journal = createJournal(options.name);
  const left = journal.read();

  const append = async (events: readonly FeedbackEvent[]) => {
    const chose = events.map((event) => noteCredit(credits, event)).includes(true);
    const appended = storage.use((store) =>
      Promise.all([store.append(events), chose && store.put('settings', CREDITS, credits)]),
    );
    // Behind it: of a page that is being left the log comes first.
    learning.anticipate();
    await appended;
    tabs.tell({ type: 'appended', events });
    return storage.kind() !== 'memory';
  };
  const delivery = (visit.delivery = createDelivery(journal, append, () => learnMore(visit)));
  const learning = (visit.learning = createLearning(visit, places));
  /** @param isOurs - false: another tab has emptied the store that both share. */
  const forget = (itemId?: string, isOurs = true): Promise<void> => {
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
  const applyConsent = async (to: Consent, isOurs = true) => {
    const learned = mayLearn(visit);
    visit.chosen = visit.consent = to;
    visit.epoch++;
    delivery.setOpen(mayLearn(visit));
    // The worker must let go of the database before it is emptied.
    if (learned !== mayLearn(visit)) learning.restart('consent');
    else listeners.emit('update', { reason: 'consent' });
    if (isOurs) await storage.use((store) => store.put('settings', 'consent', to));
    if (to === 'denied') await forget(undefined, isOurs);
  };
  const tabs = joinTabs(options.name, (message) => {
    if (visit.isDestroyed || isOff) return;
    if (message.type === 'appended') {
      for (const event of message.events) {
        session.join(event);
        noteCredit(credits, event);
      }
      learnMore(visit);
    } else if (message.type === 'forgotten') quietly(forget(message.itemId, false));
    else quietly(applyConsent(message.consent, false));
  });
  delivery.setOpen(mayLearn(visit));
  if (mayLearn(visit)) delivery.push(left);

  const setPaused = (to: boolean) => {
    visit.paused = to;
    quietly(storage.use((store) => store.put('settings', 'paused', to)));
  };
  const recommender: Recommender = {
    ready: learning.ready,
    get consent() {
      return visit.consent;
    },
    get paused() {
      return visit.paused;
    },
    ...createListCalls(visit),
    on: listeners.on,
    track: createTrack(visit),
    explain: (itemId) => learning.ask('explain', itemId),
    profile: () => learning.ask('profile'),
    metrics: (...options) => learning.ask('metrics', ...options),
    createReport: (request) => learning.ask('report', request),
    async setConsent(to) {
      expectAlive(visit);
      requireOneOf('consent', to, CONSENTS);
      if (isOff) return;
      tabs.tell({ type: 'consent', consent: to });
      await applyConsent(to);
    },
    pause: () => setPaused(true),
    resume: () => setPaused(false),
    async exportData() {
      await delivery.deliver();
      const { exportLines } = await import('./exportLines.ts');
      return exportLines(await storage.use((store) => store.contents()), delivery.waiting());
    },
    async forget(itemId) {
      expectAlive(visit);
      if (itemId !== undefined) requireText('itemId', itemId, MAX_ITEM_ID_LENGTH);
      await forget(itemId);
      tabs.tell({ type: 'forgotten', itemId });
    },
    async flush() {
      await delivery.deliver();
      if (mayLearn(visit)) await learning.learn();
    },
    destroy() {
      if (visit.isDestroyed) return;
      // First: what it still has to say is kept.
      stopWatching();
      visit.isDestroyed = true;
      signal?.removeEventListener('abort', recommender.destroy);
      learning.close();
      const close = () => {
        tabs.close();
        storage.close();
      };
      delivery.deliver().then(close, close);
    },
  };

  // A signal of the browser's may be newer than what is stored, and a refusal than what is left.
  if (!isOff && visit.consent === 'denied' && (chosen !== 'denied' || last)) quietly(forget());
  const stopWatching = isOff ? () => {} : watch(visit, recommender, applyConsent);
  signal?.addEventListener('abort', recommender.destroy);
  if (signal?.aborted) recommender.destroy();
  return recommender;
}

function isPrerendering(): boolean {
  return (document as Document & { prerendering?: boolean }).prerendering === true;
}
