/**
 * @module
 * createJournal: the events that are not durable yet, written synchronously, so that a click that
 * navigates away is not lost when the browser drops the transaction. It lives as long as the tab,
 * and the next page replays it by id.
 */
import type { FeedbackEvent } from '../events.ts';

export interface Journal {
  /** Must be called before `write`, which replaces what is there. A spoilt journal is no journal. */
  read(): FeedbackEvent[];
  write(events: readonly FeedbackEvent[]): void;
}

export function createJournal(name: string): Journal {
  const key = `sotto:${name}:journal`;
  return {
    read() {
      try {
        return (JSON.parse(sessionStorage.getItem(key) ?? '[]') as FeedbackEvent[]).filter(isEvent);
      } catch {
        return [];
      }
    },
    write(events) {
      try {
        if (events.length) sessionStorage.setItem(key, JSON.stringify(events));
        else sessionStorage.removeItem(key);
      } catch {
        // Refused or full: the event log alone must do.
      }
    },
  };
}

/** It may hold what an earlier build, or somebody else, has written. */
function isEvent({ id, itemId, action, sessionId, timestamp }: FeedbackEvent): boolean {
  return !!(id && itemId && action && sessionId && timestamp);
}
