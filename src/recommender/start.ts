/**
 * @module
 * startRecommender: wires tracker, storage and worker into the public Recommender. It resolves as
 * soon as events can be kept; the worker opens behind it, and whatever needs it waits for it.
 */
import { SottoError, requireOneOf, requireText } from '../errors.ts';
import { MAX_ITEM_ID_LENGTH } from '../events.ts';
import { resolveOptions, type Options } from '../options.ts';
import { CREDITS } from '../store/types.ts';
import { CONSENTS, initialConsent } from '../tracker/consent.ts';
import { noteCredit, trimCredits, type Credits } from '../tracker/credits.ts';
import { createJournal } from '../tracker/journal.ts';
import { createSession } from '../tracker/session.ts';
import { applyConsent } from './applyConsent.ts';
import { createDelivery } from './delivery.ts';
import { forget } from './forget.ts';
import { createLearning } from './learning.ts';
import { createListCalls } from './listCalls.ts';
import { createListeners } from './listeners.ts';
import { createStorage } from './storage.ts';
import { joinTabs } from './tabs.ts';
import { createTrack } from './track.ts';
import type { Recommender } from './types.ts';
import { expectAlive, learnMore, mayLearn, quietly, type Visit } from './visit.ts';
import { watch } from './watch.ts';

/** Where the parts of the package lie that are loaded by address. */
export interface Places {
  /** Makes the worker from the given address, or from where it lies by default. */
  createWorker: (url: string | null) => Worker;
  kernelUrl: string;
}

/** @throws {SottoError} `invalid-argument`. A page without storage or worker is no reason. */
export async function startRecommender(given: Options, places: Places): Promise<Recommender> {
  if (typeof document === 'undefined') {
    throw new SottoError('internal', 'a recommender needs a document');
  }
  const options = resolveOptions(given, document.baseURI, places.kernelUrl);
  const { databaseName: name } = options;
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
  const storage = (visit.storage = createStorage(isOff ? null : name, (error) => {
    listeners.fail(error);
    // There is none yet when the very first reading fails.
    (visit.learning as Visit['learning'] | undefined)?.restart('learned');
  }));
  const [chosen, paused, held, last] = isOff
    ? []
    : await storage.use((store) =>
        Promise.all([
          store.get('settings', 'consent'),
          store.get('settings', 'paused'),
          store.get('settings', CREDITS),
          store.lastEvent(),
        ]),
      );
  if (last) session.join(last);
  const credits: Credits = held instanceof Map ? (held as Credits) : new Map<never, never>();
  trimCredits(credits, Date.now());
  const journal = createJournal(name);
  const left = journal.read();
  Object.assign(visit, {
    credits,
    chosen,
    paused: paused === true,
    consent: isOff ? 'denied' : initialConsent(chosen, options),
  });
  const delivery = (visit.delivery = createDelivery(journal, async (events) => {
    const chose = events.map((event) => noteCredit(credits, event)).includes(true);
    await storage.use((store) =>
      Promise.all([store.append(events), chose && store.put('settings', CREDITS, credits)]),
    );
    tabs.tell({ type: 'appended', events });
    learnMore(visit);
  }));
  const learning = (visit.learning = createLearning(visit, () =>
    places.createWorker(options.workerUrl),
  ));
  const tabs = joinTabs(name, (message) => {
    if (visit.isDestroyed || isOff) return;
    if (message.type === 'appended') {
      for (const event of message.events) {
        session.join(event);
        noteCredit(credits, event);
      }
      learnMore(visit);
    } else if (message.type === 'forgotten') void quietly(forget(visit, message.itemId, false));
    else void quietly(applyConsent(visit, message.consent, false));
  });
  delivery.setOpen(mayLearn(visit));
  if (mayLearn(visit)) delivery.push(left);

  const setPaused = (to: boolean) => {
    visit.paused = to;
    void quietly(storage.use((store) => store.put('settings', 'paused', to)));
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
      await applyConsent(visit, to);
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
      await forget(visit, itemId);
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
      given.signal?.removeEventListener('abort', recommender.destroy);
      learning.close();
      const close = () => {
        tabs.close();
        storage.close();
      };
      delivery.deliver().then(close, close);
    },
  };

  // A signal of the browser's may be newer than what is stored.
  if (!isOff && visit.consent === 'denied' && chosen !== 'denied') void quietly(forget(visit));
  const stopWatching = isOff ? () => {} : watch(visit, recommender);
  given.signal?.addEventListener('abort', recommender.destroy);
  if (given.signal?.aborted) recommender.destroy();
  return recommender;
}

function isPrerendering(): boolean {
  return (document as Document & { prerendering?: boolean }).prerendering === true;
}
