/**
 * @module
 * createLearning: whichever worker serves now, and that it has learned what the log holds. Losing
 * the database or a change of consent puts another worker in its place; whoever was asking is
 * answered by the new one.
 */
import { BUILD } from '../build.ts';
import { asSottoError } from '../errors.ts';
import type { FeedbackEvent } from '../events.ts';
import type { LearnReport, OpenRequest } from '../worker/api.ts';
import { startWorker } from '../worker/client.ts';
import type { Seat, WorkerClient } from '../worker/client.ts';
import type { Learning } from './answerTypes.ts';
import { coalesce } from './coalesce.ts';
import type { UpdateEvent } from './listeners.ts';
import type { Places } from './places.ts';
import { mayLearn, quietly, type Visit } from './visit.ts';

/** Events learned before the log has them. More at once is a flood, and no click that somebody awaits. */
const MAX_AHEAD = 64;

/** @param first - the worker that stands by; null: none may start at its own address. */
export function createLearning(visit: Visit, places: Places, first: Worker | null): Learning {
  const { request, spawn, workerUrl } = places;
  const { integrity } = visit.options;
  const { emit, fail } = visit.listeners;
  let client: WorkerClient | undefined;
  let storage: OpenRequest['storage'];
  let isOpening: boolean;
  /** Never rejects. */
  let started: Promise<void>;
  /** The last sequence sent to a worker without a database. */
  let sent: number;
  let lastFailure: unknown;

  /** One failure of the worker is said once, however many calls it fails. */
  const failOnce = (thrown: unknown) => {
    const error = asSottoError(thrown);
    if (thrown !== lastFailure && error.code !== 'destroyed') fail(error);
    lastFailure = thrown;
  };
  const withCurrent = async <T>(work: (current: WorkerClient) => Promise<T>): Promise<T> => {
    for (;;) {
      const current = client!;
      try {
        return await work(current);
      } catch (error) {
        if (current === client) throw error;
      }
    }
  };
  const learnNow = () =>
    withCurrent(async (current): Promise<LearnReport | undefined> => {
      await current.ready;
      if (!mayLearn(visit)) return undefined;
      if (storage !== 'memory') return current.ask('learn', [], ahead());
      const { events } = await visit.stores.use((store) => store.contents());
      const unsent: FeedbackEvent[] = [];
      for (const { sequence, event } of events) {
        if (sequence > sent) unsent.push(event);
        sent = Math.max(sent, sequence);
      }
      return current.ask('learn', unsent);
    });
  const tell = (report: LearnReport | undefined) => {
    if (report?.changed) emit('update', { reason: 'learned', report });
  };
  const learn = coalesce(async () => tell(await learnNow()));
  const ahead = () => {
    const waiting = visit.delivery.waiting().filter(({ action }) => action !== 'impression');
    return waiting.length > MAX_AHEAD ? [] : waiting;
  };
  const anticipate = coalesce(async () => {
    const events = ahead();
    if (events.length) tell(await withCurrent((current) => current.ask('anticipate', events)));
  });
  const start = async (current: WorkerClient, reason: UpdateEvent['reason']) => {
    let told: () => void;
    try {
      const report = await learnNow();
      told = () => emit('update', { reason, report });
    } catch (error) {
      told = () => failOnce(error);
    }
    if (current !== client) return;
    // First: whoever asks again on hearing of it must not be given a kept list.
    isOpening = false;
    told();
  };
  const isRefused = !first;
  const create = (): Seat => {
    // What was refused once is refused again: the next rung.
    if (isRefused) throw new Error('no worker starts at its own address');
    const taken = first ?? spawn();
    first = null;
    return taken;
  };
  const restart: Learning['restart'] = (reason) => {
    const replaced = client;
    // Without consent the worker has no business in the database.
    storage = mayLearn(visit) ? visit.stores.kind() : 'memory';
    client = startWorker(
      create,
      { ...request, build: BUILD, storage },
      (error, update) => (error ? fail(error) : emit('update', { reason: 'model', ...update })),
      // A bundler's own loader may throw at once.
      async () => {
        const { descend } = await import('./ladder.ts');
        return () => descend(workerUrl(), spawn, integrity);
      },
    );
    sent = 0;
    isOpening = true;
    // After the new one is in its place: whoever is turned away by the old one looks there.
    replaced?.close();
    started = start(client, reason);
  };
  restart('ready');
  const ready = withCurrent((current) => current.ready);
  // A page may leave it alone.
  ready.catch(() => {});

  return {
    ready,
    isOpening: () => isOpening,
    ask: (method, ...given) =>
      withCurrent(async (current) => {
        await started;
        return current.ask(method, ...given);
      }),
    learn,
    learnSoon() {
      if (!visit.isDestroyed && mayLearn(visit)) learn().catch(failOnce);
    },
    anticipate() {
      // A worker without a database is sent each event once, and learns it at once.
      if (storage !== 'memory' && !isOpening && mayLearn(visit)) quietly(anticipate());
    },
    restart,
    leaveDatabase: () => storage === 'memory' || restart('learned'),
    close: () => client!.close(),
  };
}
