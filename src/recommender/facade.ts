/**
 * @module
 * createFacade: the whole interface at once, while the recommender is still starting. Calls wait
 * for it in their order; what must answer at once answers as well as can be known.
 */
import type { TrackedEvent } from '../events.ts';
import { freshId } from '../tracker/identifier.ts';
import type { EventMap, Listener } from './listeners.ts';
import type { Recommender } from './types.ts';

const LATER = [
  ...['recommend', 'similar', 'rank', 'popular', 'explain', 'profile'],
  ...['setConsent', 'pause', 'resume', 'exportData', 'forget', 'flush', 'destroy'],
] as 'flush'[];

/**
 * @param starting - its rejection comes out of every call that can reject; the others do nothing.
 */
export function createFacade(starting: Promise<Recommender>): Recommender {
  let live: Recommender | undefined;
  const started = starting.then((recommender) => (live = recommender));
  const ready = started.then((recommender) => recommender.ready);
  // The caller of createFacade reports it; a page need not.
  ready.catch(() => {});
  const whenLive = (work: (recommender: Recommender) => void) => {
    if (live) work(live);
    else started.then(work).catch(() => {});
  };
  const facade = {
    ready,
    get consent() {
      return live ? live.consent : 'pending';
    },
    get paused() {
      return !!live?.paused;
    },
    track(event: TrackedEvent) {
      if (live) return live.track(event);
      // Made now, because now is when it happened and when the caller wants its id.
      const made = { id: freshId(), timestamp: Date.now(), ...event };
      whenLive((recommender) => recommender.track(made));
      return made.id;
    },
    on<T extends keyof EventMap>(type: T, listener: Listener<T>) {
      let stop: (() => void) | undefined;
      let isOver = false;
      whenLive((recommender) => {
        if (!isOver) stop = recommender.on(type, listener);
      });
      return () => {
        isOver = true;
        stop?.();
      };
    },
  } as Recommender;
  for (const method of LATER) {
    facade[method] = (...given: []) =>
      live ? live[method](...given) : started.then((recommender) => recommender[method](...given));
  }
  return facade;
}
