/**
 * @module
 * startRecommender: wires tracker, storage and worker into the public Recommender. It resolves as
 * soon as events can be kept; the worker opens behind it, and whatever needs it waits for it.
 */
import { SottoError, asSottoError } from '../errors.ts';
import type { FeedbackEvent, TrackedEvent } from '../events.ts';
import { resolveOptions, type Options, type ResolvedOptions } from '../options.ts';
import { initialConsent, isConsent, type Consent } from '../tracker/consent.ts';
import { createEvent } from '../tracker/createEvent.ts';
import { Journal } from '../tracker/journal.ts';
import { Session } from '../tracker/session.ts';
import { startTracker } from '../tracker/startTracker.ts';
import type { Explanation, LearnedProfile, ListRequest } from '../worker/api.ts';
import type { ModelInfo, OpenRequest, Recommendation } from '../worker/api.ts';
import { refused, requireId, requireIds } from './arguments.ts';
import { Delivery } from './delivery.ts';
import { exportLines } from './exportLines.ts';
import { Listeners, type EventMap, type Listener } from './listeners.ts';
import { abortable, askForList, resolveList } from './lists.ts';
import type { ListOptions, ResolvedList } from './lists.ts';
import { Storage } from './storage.ts';
import { joinTabs, type TabMessage, type Tabs } from './tabs.ts';
import type { PopularOptions, RankOptions, Recommender } from './types.ts';
import { WorkerSeat } from './workerSeat.ts';

/** Where the parts of the package lie that are loaded by address. */
export interface Places {
  /** Makes the worker from the given address, or from where it lies by default. */
  createWorker: (url: string | null) => Worker;
  kernelUrl: string;
}

/** @throws {SottoError} `invalid-argument`. A page without storage or worker is no reason. */
export async function startRecommender(options: Options, places: Places): Promise<Recommender> {
  if (typeof document === 'undefined') {
    throw new SottoError('internal', 'a recommender needs a page, and there is no document here');
  }
  const resolved = resolveOptions(options, document.baseURI, places.kernelUrl);
  const recommender = new PageRecommender(resolved, places);
  await recommender.start();
  return recommender;
}

class PageRecommender implements Recommender {
  ready!: Promise<ModelInfo>;
  consent: Consent = 'pending';
  paused = false;

  readonly #options: ResolvedOptions;
  readonly #places: Places;
  readonly #listeners = new Listeners();
  readonly #session = new Session();
  readonly #storage: Storage;
  readonly #journal: Journal;
  readonly #delivery: Delivery;
  #seat!: WorkerSeat;
  #tabs!: Tabs;
  #stopTracker!: () => void;
  #isDestroyed = false;
  /** The stored choice, where the visitor has made one. */
  #chosen: unknown;
  /** Raised by whatever makes earlier lists wrong, so that a late one is not kept. */
  #epoch = 0;

  constructor(options: ResolvedOptions, places: Places) {
    this.#options = options;
    this.#places = places;
    this.#storage = new Storage(options.disabled ? null : options.name, (error) => {
      this.#listeners.fail(error);
      (this.#seat as WorkerSeat | undefined)?.restart('learned');
    });
    this.#journal = new Journal(options.name);
    this.#delivery = new Delivery(this.#journal, (events) => this.#append(events));
  }

  async start(): Promise<void> {
    const options = this.#options;
    const [chosen, paused, last] = await this.#storage.use((store) =>
      Promise.all([store.getSetting('consent'), store.getSetting('paused'), store.lastEvent()]),
    );
    this.#chosen = chosen;
    this.consent = options.disabled ? 'denied' : initialConsent(chosen, options);
    this.paused = paused === true;
    this.#session.join(last);
    this.#tabs = joinTabs(options.name, (message) => this.#hear(message));

    const left = this.#journal.read();
    this.#delivery.setOpen(this.consent === 'granted');
    if (this.consent === 'granted') this.#delivery.push(left);
    // A signal of the browser's may be newer than what is stored.
    else if (this.consent === 'denied' && chosen !== 'denied') void this.#drop();

    this.#seat = new WorkerSeat({
      create: () => this.#places.createWorker(options.workerUrl),
      request: () => this.#openRequest(),
      mayLearn: () => this.consent === 'granted',
      entries: async () => (await this.#storage.use((store) => store.contents())).events,
      onUpdate: (event) => this.#listeners.emit('update', event),
      onError: (error) => this.#listeners.fail(error),
    });
    this.ready = this.#seat.ready();
    // A page may leave it alone.
    this.ready.catch(() => {});

    this.#stopTracker = startTracker(
      options,
      (event) => this.track(event),
      (error) => this.#listeners.fail(asSottoError(error)),
      () => this.#learnMore(),
    );
    options.signal?.addEventListener('abort', () => this.destroy());
    if (options.signal?.aborted) this.destroy();
  }

  track(tracked: TrackedEvent): string | null {
    if (this.#isDestroyed || this.paused || this.consent === 'denied') return null;
    try {
      const event = createEvent(tracked, this.#session, Date.now());
      this.#delivery.push([event]);
      this.#listeners.emit('event', event);
      return event.id;
    } catch (error) {
      this.#listeners.fail(asSottoError(error));
      return null;
    }
  }

  async recommend(options?: ListOptions): Promise<Recommendation[]> {
    const list = this.#resolve(options);
    return abortable(list.signal, async () => {
      const mayKeep = this.consent === 'granted' && !list.keep;
      const key = JSON.stringify(list.request);
      if (mayKeep && this.#seat.isOpening) {
        const kept = await this.#storage.use((store) => store.getList(key));
        if (kept) return kept.value as Recommendation[];
      }
      const epoch = this.#epoch;
      const value = await this.#askForList(list, (request) => this.#seat.ask('recommend', request));
      if (mayKeep && epoch === this.#epoch) {
        const modelId = this.#seat.info?.modelId ?? '';
        const kept = { key, modelId, savedAt: Date.now(), value };
        this.#storage.use((store) => store.putList(kept)).catch(() => {});
      }
      return value;
    });
  }

  async similar(itemId: string, options?: ListOptions): Promise<Recommendation[]> {
    const list = this.#resolve(options);
    requireId('itemId', itemId);
    return abortable(list.signal, () =>
      this.#askForList(list, (request) => this.#seat.ask('similar', itemId, request)),
    );
  }

  async rank(itemIds: readonly string[], options: RankOptions = {}): Promise<Recommendation[]> {
    const ids = requireIds('itemIds', itemIds);
    const list = this.#resolve(options, ids.length);
    const { unknown = 'reject' } = options;
    if (unknown !== 'reject' && unknown !== 'last') {
      throw refused('unknown', "'reject' or 'last'", unknown);
    }
    return abortable(list.signal, async () =>
      ids.length === 0
        ? []
        : this.#askForList(list, (request) =>
            this.#seat.ask('rank', { ...request, itemIds: ids, unknown }),
          ),
    );
  }

  async popular(options: PopularOptions = {}): Promise<Recommendation[]> {
    const list = this.#resolve(options);
    const { window = 'trending' } = options;
    if (window !== 'trending' && window !== 'all') {
      throw refused('window', "'trending' or 'all'", window);
    }
    return abortable(list.signal, () =>
      this.#askForList(list, (request) => this.#seat.ask('popular', window, request)),
    );
  }

  async explain(itemId: string): Promise<Explanation> {
    this.#expectAlive();
    return this.#seat.ask('explain', requireId('itemId', itemId));
  }

  async profile(): Promise<LearnedProfile> {
    this.#expectAlive();
    return this.#seat.ask('profile');
  }

  on<T extends keyof EventMap>(type: T, listener: Listener<T>): () => void {
    return this.#listeners.on(type, listener);
  }

  async setConsent(consent: Consent): Promise<void> {
    this.#expectAlive();
    if (!isConsent(consent)) throw refused('consent', "'granted', 'denied' or 'pending'", consent);
    if (this.#options.disabled) return;
    this.#chosen = consent;
    const kept =
      consent === 'denied'
        ? this.#applyConsent(consent, () => this.#drop())
        : this.#applyConsent(consent, () =>
            this.#storage.use((store) => store.putSetting('consent', consent)),
          );
    this.#tabs.tell({ type: 'consent', consent });
    await kept;
  }

  pause(): void {
    this.#setPaused(true);
  }

  resume(): void {
    this.#setPaused(false);
  }

  async exportData(): Promise<string> {
    this.#expectAlive();
    await this.#delivery.deliver();
    const contents = await this.#storage.use((store) => store.contents());
    return exportLines(contents, this.#delivery.waiting);
  }

  async forget(itemId?: string): Promise<void> {
    this.#expectAlive();
    if (itemId !== undefined) requireId('itemId', itemId);
    await this.#drop(itemId);
    this.#tabs.tell(itemId === undefined ? { type: 'forgotten' } : { type: 'forgotten', itemId });
    this.#listeners.emit('update', { reason: 'forgotten' });
  }

  async flush(): Promise<void> {
    this.#expectAlive();
    await this.#delivery.deliver();
    if (this.consent === 'granted') await this.#seat.learn();
  }

  destroy(): void {
    if (this.#isDestroyed) return;
    // First: what it still has to say is kept.
    this.#stopTracker();
    this.#isDestroyed = true;
    this.#seat.close();
    this.#listeners.clear();
    void this.#delivery
      .deliver()
      .catch(() => {})
      .then(() => {
        this.#tabs.close();
        this.#storage.close();
      });
  }

  #expectAlive(): void {
    if (this.#isDestroyed) throw new SottoError('destroyed', 'the recommender was destroyed');
  }

  #resolve(options?: ListOptions, defaultCount?: number): ResolvedList {
    this.#expectAlive();
    return resolveList(options, defaultCount);
  }

  #askForList(
    { request, keep }: ResolvedList,
    ask: (request: ListRequest) => Promise<Recommendation[]>,
  ): Promise<Recommendation[]> {
    return askForList(request, keep, ask);
  }

  #openRequest(): OpenRequest {
    const { manifestUrl, kernelUrl, tfjsUrl, name, actionWeights, halfLifeDays, learner } =
      this.#options;
    return {
      protocol: 1,
      manifestUrl,
      kernelUrl,
      tfjsUrl,
      databaseName: name,
      // Without consent the worker has no business in the database.
      storage: this.consent === 'granted' ? this.#storage.kind : 'memory',
      actionWeights,
      halfLifeDays,
      learner,
      retentionDays: this.#options.retentionDays,
      retentionEvents: this.#options.retentionEvents,
    };
  }

  async #append(events: readonly FeedbackEvent[]): Promise<void> {
    await this.#storage.use((store) => store.append(events));
    const { sessionId, timestamp } = events[events.length - 1];
    this.#tabs.tell({ type: 'appended', sessionId, timestamp });
    this.#learnMore();
  }

  /** The log may hold more than was learned. */
  #learnMore(): void {
    if (!this.#isDestroyed && this.consent === 'granted') this.#seat.learnSoon();
  }

  async #applyConsent(consent: Consent, keep: () => Promise<void>): Promise<void> {
    const learned = this.consent === 'granted';
    const learns = consent === 'granted';
    this.consent = consent;
    this.#epoch++;
    this.#delivery.setOpen(learns);
    // The worker must let go of the database before it is emptied.
    if (learned !== learns) this.#seat.restart('consent');
    await keep();
    if (learned === learns) this.#listeners.emit('update', { reason: 'consent' });
  }

  /** Empties memory, journal, store and worker, in that order, of one item or of everything. */
  #drop(itemId?: string): Promise<void> {
    this.#epoch++;
    if (itemId === undefined) this.#session.end();
    return this.#delivery.forget(itemId, async () => {
      const seat = this.#seat as WorkerSeat | undefined;
      if (seat && !seat.isOpening) await seat.ask('forget', itemId).catch(() => {});
      const keep: [string, unknown][] = [];
      if (itemId === undefined) {
        // A refusal is no knowledge about the visitor; losing it would begin to gather some.
        if (this.#chosen === 'denied') keep.push(['consent', 'denied']);
        if (this.paused) keep.push(['paused', true]);
      }
      await this.#storage.use((store) => store.forget(itemId, keep));
      // A worker that was still opening may have read what is now gone.
      this.#learnMore();
    });
  }

  #setPaused(paused: boolean): void {
    if (this.#isDestroyed) return;
    this.paused = paused;
    this.#tabs.tell({ type: 'paused', paused });
    this.#storage.use((store) => store.putSetting('paused', paused)).catch(() => {});
  }

  #hear(message: TabMessage): void {
    if (this.#isDestroyed || this.#options.disabled) return;
    switch (message.type) {
      case 'appended':
        this.#session.join(message);
        this.#learnMore();
        break;
      case 'forgotten':
        void this.#dropToo(message.itemId);
        break;
      case 'consent':
        this.#chosen = message.consent;
        void this.#applyConsent(message.consent, async () => {
          if (message.consent === 'denied') await this.#delivery.forget(undefined, async () => {});
        });
        break;
      case 'paused':
        this.paused = message.paused;
        break;
    }
  }

  /** Another tab has emptied the store that both share. */
  async #dropToo(itemId: string | undefined): Promise<void> {
    this.#epoch++;
    if (itemId === undefined) this.#session.end();
    if (this.#storage.kind === 'memory') {
      await this.#drop(itemId);
    } else {
      await this.#delivery.forget(itemId, async () => {});
      // The worker sees by the log that its preferences have moved. Without one nothing is learned.
      await this.#seat.learn().catch(() => {});
    }
    this.#listeners.emit('update', { reason: 'forgotten' });
  }
}
