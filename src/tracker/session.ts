/**
 * @module
 * createSession: a visit, which ends half an hour after its last event. It is not stored by itself:
 * the last event of the log names it, so another page and another tab go on with the same one.
 */
import { SESSION_TIMEOUT_MS, type FeedbackEvent } from '../events.ts';
import { freshId } from './identifier.ts';

export type SessionMark = Pick<FeedbackEvent, 'sessionId' | 'timestamp'>;

export interface Session {
  /** The id for an event that happens now, at `nowMs`. */
  idAt(nowMs: number): string;
  /** Takes part in the session of an event from elsewhere, when that is the newer one. */
  join(mark: SessionMark): void;
  /** The next event begins a new session. */
  end(): void;
}

export function createSession(): Session {
  let sessionId = '';
  let lastMs = 0;
  return {
    idAt(nowMs) {
      // Either way: a clock that was set back is another visit too.
      if (Math.abs(nowMs - lastMs) >= SESSION_TIMEOUT_MS) sessionId = freshId();
      lastMs = nowMs;
      return sessionId;
    },
    join(mark) {
      if (mark.timestamp > lastMs) ({ sessionId, timestamp: lastMs } = mark);
    },
    end() {
      lastMs = 0;
    },
  };
}
