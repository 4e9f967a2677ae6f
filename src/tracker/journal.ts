/**
 * @module
 * createJournal: the events that are not durable yet, written synchronously, so that a click that
 * navigates away is not lost when the browser drops the transaction. It lives as long as the tab,
 * and the next page replays it by id.
 *
 * Each event has an entry, so that one more costs the same however many wait.
 */
import type { FeedbackEvent } from '../events.ts';

/**
 * Most entries. The room of `sessionStorage` is the page's own as well: a flood of events must not
 * leave it without.
 */
const MAX_ENTRIES = 1000;

export interface Journal {
  /** Must be called before `write`, which replaces what is there. A spoilt journal is no journal. */
  read(): FeedbackEvent[];
  /**
   * Of very many the first ones.
   * @param from - index of the first event that is not as it was at the last call.
   */
  write(events: readonly FeedbackEvent[], from?: number): void;
}

export function createJournal(name: string): Journal {
  const keyOf = (index: number) => `sotto:${name}:journal${index}`;
  return {
    read() {
      const events: FeedbackEvent[] = [];
      try {
        for (let index = 0, text; (text = sessionStorage.getItem(keyOf(index))); index++) {
          const event = JSON.parse(text) as FeedbackEvent;
          if (isEvent(event)) events.push(event);
        }
      } catch {
        // What was read before it went wrong stands.
      }
      return events;
    },
    write(events, from = 0) {
      try {
        for (let index = from; ; index++) {
          const key = keyOf(index);
          if (index < Math.min(events.length, MAX_ENTRIES))
            sessionStorage.setItem(key, JSON.stringify(events[index]));
          else if (sessionStorage.getItem(key)) sessionStorage.removeItem(key);
          else return;
        }
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
