/**
 * @module
 * startRecommender: wires tracker, storage and worker into the public Recommender. It resolves as
 * soon as events can be kept; the worker opens behind it, and whatever needs it waits for it.
 */
import { SottoError, asSottoError, requireOneOf } from '../errors.ts';
import { resolveOptions, type Options } from '../options.ts';
import { CONSENTS, initialConsent, type Consent } from '../tracker/consent.ts';
import { createEvent } from '../tracker/createEvent.ts';
import { createJournal } from '../tracker/journal.ts';
import { createSession } from '../tracker/session.ts';
import { startTracker } from '../tracker/startTracker.ts';
import { createDelivery } from './delivery.ts';
import { exportLines } from './exportLines.ts';
import { createLearning } from './learning.ts';
import { createListCalls } from './listCalls.ts';
import { createListeners } from './listeners.ts';
import { requireId } from './lists.ts';
import { createStorage } from './storage.ts';
import { joinTabs, type TabMessage } from './tabs.ts';
import type { Recommender } from './types.ts';

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
  const { databaseName: name, disabled } = options;
  const listeners = createListeners();
  const { on, emit, fail } = listeners;
  // There is no worker yet when the very first reading fails.
  let onLost = () => {};
  const storage = createStorage(disabled ? null : name, (error) => {
    fail(error);
    onLost();
  });

  const stored = await storage.use((store) =>
    Promise.all([
      store.get('settings', 'consent'),
      store.get('settings', 'paused'),
      store.lastEvent(),
    ]),
  );
  let chosen = stored[0];
  let paused = stored[1] === true;
  let consent = disabled ? 'denied' : initialConsent(chosen, options);
  let isDestroyed = false;
  let epoch = 0;
  const ended = new AbortController();
  const session = createSession();
  if (stored[2]) session.join(stored[2]);
  const journal = createJournal(name);
  const left = journal.read();
  const mayLearn = () => consent === 'granted';
  const expectAlive = () => {
    if (isDestroyed) throw new SottoError('destroyed', 'the recommender was destroyed');
  };

  const delivery = createDelivery(journal, async (events) => {
    await storage.use((store) => store.append(events));
    const { sessionId, timestamp } = events[events.length - 1];
    tabs.tell({ type: 'appended', sessionId, timestamp });
    learnMore();
  });
  delivery.setOpen(mayLearn());
  if (mayLearn()) delivery.push(left);

  const learning = createLearning(
    () => places.createWorker(options.workerUrl),
    () => ({
      ...options,
      protocol: 1,
      // Without consent the worker has no business in the database.
      storage: mayLearn() ? storage.kind() : 'memory',
    }),
    mayLearn,
    storage,
    listeners,
  );
  onLost = () => learning.restart('learned');
  /** The log may hold more than was learned. */
  const learnMore = () => {
    if (!isDestroyed && mayLearn()) learning.learnSoon();
  };

  /** What has nobody to tell: it fails only once all is closed, or for a worker that has failed. */
  const quietly = (work: Promise<unknown>): Promise<unknown> => work.catch(() => {});
  /**
   * Empties memory, journal, worker and store of one item or of everything.
   * @param isOurs - false: another tab has emptied the store that both share.
   */
  const drop = async (itemId?: string, isOurs = true) => {
    const isAll = itemId === undefined;
    epoch++;
    if (isAll) session.end();
    await delivery.forget(itemId, async () => {
      if (!isOurs && storage.kind() !== 'memory') return;
      if (!learning.isOpening()) await quietly(learning.ask('forget', itemId));
      const keep: [string, unknown][] = [];
      // A refusal is no knowledge about the visitor; losing it would begin to gather some.
      if (isAll && chosen === 'denied') keep.push(['consent', chosen]);
      if (isAll && paused) keep.push(['paused', paused]);
      await storage.use((store) => store.forget(itemId, keep));
      // The model's files, under the database's name; without TLS there is no such cache.
      if (isAll) await quietly((async () => caches.delete(name))());
    });
    // The worker sees by the log that its preferences have moved; one that opens may have read them.
    if (!learning.isOpening() && mayLearn()) await quietly(learning.learn());
    else learnMore();
    emit('update', { reason: 'forgotten' });
  };
  const applyConsent = async (to: Consent, isOurs = true) => {
    const learned = mayLearn();
    chosen = consent = to;
    epoch++;
    delivery.setOpen(mayLearn());
    const changes = learned !== mayLearn();
    // The worker must let go of the database before it is emptied.
    if (changes) learning.restart('consent');
    if (to === 'denied') await drop(undefined, isOurs);
    else if (isOurs) await storage.use((store) => store.put('settings', 'consent', to));
    if (!changes) emit('update', { reason: 'consent' });
  };
  const setPaused = (to: boolean) => {
    paused = to;
    void quietly(storage.use((store) => store.put('settings', 'paused', to)));
  };
  const tabs = joinTabs(name, (message: TabMessage) => {
    if (isDestroyed || disabled) return;
    if (message.type === 'appended') {
      session.join(message);
      learnMore();
    } else if (message.type === 'forgotten') void quietly(drop(message.itemId, false));
    else void quietly(applyConsent(message.consent, false));
  });

  const recommender: Recommender = {
    ready: learning.ready,
    get consent() {
      return consent;
    },
    get paused() {
      return paused;
    },
    ...createListCalls(learning, storage, mayLearn, () => epoch, expectAlive),
    on,
    track(tracked) {
      if (isDestroyed || paused || consent === 'denied') return null;
      try {
        const event = createEvent(tracked, session, Date.now());
        delivery.push([event]);
        emit('event', event);
        return event.id;
      } catch (error) {
        fail(asSottoError(error));
        return null;
      }
    },
    explain: async (itemId) => learning.ask('explain', requireId('itemId', itemId)),
    profile: () => learning.ask('profile'),
    metrics: (...options) => learning.ask('metrics', ...options),
    createReport: (request) => learning.ask('report', request),
    async setConsent(to) {
      expectAlive();
      requireOneOf('consent', to, CONSENTS);
      if (disabled) return;
      tabs.tell({ type: 'consent', consent: to });
      await applyConsent(to);
    },
    pause: () => setPaused(true),
    resume: () => setPaused(false),
    async exportData() {
      await delivery.deliver();
      return exportLines(await storage.use((store) => store.contents()), delivery.waiting());
    },
    async forget(itemId) {
      expectAlive();
      if (itemId !== undefined) requireId('itemId', itemId);
      await drop(itemId);
      tabs.tell({ type: 'forgotten', itemId });
    },
    async flush() {
      await delivery.deliver();
      if (mayLearn()) await learning.learn();
    },
    destroy() {
      if (isDestroyed) return;
      // First: what it still has to say is kept.
      tracker.stop();
      ended.abort();
      isDestroyed = true;
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
  if (consent === 'denied' && chosen !== 'denied') void quietly(drop());
  const tracker = startTracker(
    options,
    recommender.track,
    (error) => fail(asSottoError(error)),
    learnMore,
  );
  const { connect } = options;
  if (connect) {
    import('../tracker/connections.ts')
      .then(({ startConnections }) =>
        startConnections(connect as Record<string, unknown>, {
          track: recommender.track,
          setConsent: (to) => void quietly(recommender.setConsent(to)),
          setPageItem: tracker.page.setItem,
          onPage: tracker.page.subscribe,
          warn: listeners.warn,
          signal: ended.signal,
        }),
      )
      .catch((error) => fail(asSottoError(error)));
  }
  given.signal?.addEventListener('abort', recommender.destroy);
  if (given.signal?.aborted) recommender.destroy();
  return recommender;
}
