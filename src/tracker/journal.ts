/**
 * @module
 * Journal: the events that are not durable yet, written synchronously, so that a click that
 * navigates away is not lost when the browser drops the transaction. It lives as long as the tab,
 * and the next page replays it by id.
 */
import type { FeedbackEvent } from '../events.ts';

export class Journal {
  readonly #key: string;

  constructor(name: string) {
    this.#key = `sotto:${name}:journal`;
  }

  /** Must be called before `write`, which replaces what is there. A spoilt journal is no journal. */
  read(): FeedbackEvent[] {
    try {
      const events: unknown = JSON.parse(sessionStorage.getItem(this.#key) ?? '[]');
      return Array.isArray(events) ? events.filter(isEvent) : [];
    } catch {
      return [];
    }
  }

  write(events: readonly FeedbackEvent[]): void {
    try {
      if (events.length) sessionStorage.setItem(this.#key, JSON.stringify(events));
      else sessionStorage.removeItem(this.#key);
    } catch {
      // Refused or full: the event log alone must do.
    }
  }
}

function isEvent(value: unknown): value is FeedbackEvent {
  const { id, itemId, action, sessionId, timestamp } = (value ?? {}) as Record<string, unknown>;
  return (
    [id, itemId, action, sessionId].every((text) => typeof text === 'string' && text) &&
    Number.isFinite(timestamp)
  );
}
