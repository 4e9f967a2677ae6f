/**
 * @module
 * createTrack: the one way in for an event, the site's as well as the tracker's. It never throws;
 * what is wrong with an event is an 'error'.
 */
import { SottoError } from '../errors.ts';
import type { TrackedEvent } from '../events.ts';
import type { BeforeTrack } from '../options.ts';
import { createEvent } from '../tracker/createEvent.ts';
import { noteCredit } from '../tracker/credits.ts';
import type { Recommender } from './types.ts';
import type { Visit } from './visit.ts';

/** A script tag names its hook, which may come later than the script. */
const globals = globalThis as unknown as Record<string, BeforeTrack>;

export function createTrack(visit: Visit): Recommender['track'] {
  const { options, listeners, guard, session, credits, delivery } = visit;

  /** What the site makes of the event; null or false: nothing. */
  const reviewed = (tracked: TrackedEvent): ReturnType<BeforeTrack> => {
    const { beforeTrack } = options;
    if (!beforeTrack) return tracked;
    try {
      const copy = { ...tracked };
      const hook = typeof beforeTrack === 'string' ? globals[beforeTrack] : beforeTrack;
      const given = hook(copy);
      return given === undefined ? copy : given;
    } catch (cause) {
      // The event is the visitor's, and not to blame.
      guard.onError(
        new SottoError('invalid-argument', `beforeTrack threw: ${String(cause)}`, { cause }),
      );
      return tracked;
    }
  };

  return (tracked) => {
    if (visit.isDestroyed || visit.paused || visit.consent === 'denied') return null;
    try {
      const nowMs = Date.now();
      const kept = reviewed(tracked) as TrackedEvent;
      // Without a hook, what is no event is the site's own, and refused.
      if (!kept && options.beforeTrack) return null;
      const event = createEvent(kept, session, nowMs, credits);
      if (!event) {
        import('./refusals.ts')
          .then(({ refuseEvent }) => refuseEvent(kept, nowMs))
          .catch(guard.onError);
        return null;
      }
      noteCredit(credits, event);
      delivery.push([event]);
      listeners.emit('event', event);
      return event.id;
    } catch (error) {
      guard.onError(error);
      return null;
    }
  };
}
