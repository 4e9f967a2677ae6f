/**
 * @module
 * Session: a visit, which ends half an hour after its last event. It is not stored by itself: the
 * last event of the log names it, so another page and another tab go on with the same one.
 */
import { SESSION_TIMEOUT_MS, type FeedbackEvent } from '../events.ts';
import { freshId } from './identifier.ts';

type Mark = Pick<FeedbackEvent, 'sessionId' | 'timestamp'>;

export class Session {
  #last: Mark | undefined;

  /** The id for an event that happens now, at `nowMs`. */
  idAt(nowMs: number): string {
    const last = this.#last;
    const sessionId =
      last && Math.abs(nowMs - last.timestamp) < SESSION_TIMEOUT_MS ? last.sessionId : freshId();
    this.#last = { sessionId, timestamp: nowMs };
    return sessionId;
  }

  /** Takes part in the session of an event from elsewhere, when that is the newer one. */
  join(mark: Mark | undefined): void {
    if (mark && mark.timestamp > (this.#last?.timestamp ?? 0)) this.#last = mark;
  }

  /** The next event begins a new session. */
  end(): void {
    this.#last = undefined;
  }
}
