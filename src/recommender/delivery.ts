/**
 * @module
 * createDelivery: from `track()` to the log. Events of one task make one batch; what is not in the
 * log yet stands in the journal, unless consent is still awaited: then it waits in memory alone.
 */
import type { FeedbackEvent } from '../events.ts';
import type { Journal } from '../tracker/journal.ts';
import { coalesce } from './coalesce.ts';

/** Events that wait for consent; beyond it the oldest go. */
const MAX_WAITING = 1000;

export interface Delivery {
  /** Events not in the log yet. */
  waiting: () => readonly FeedbackEvent[];
  push: (events: readonly FeedbackEvent[]) => void;
  /** true: events go to the log; false: they wait in memory. */
  setOpen: (open: boolean) => void;
  /** Resolves once everything pushed before the call is in the log, or waits for consent. */
  deliver: () => Promise<void>;
  /**
   * Drops what waits for one item or for all, then runs `forget`: after a batch in flight has
   * landed and before any event tracked later. What is forgotten stays so, what is new stays.
   */
  forget: (itemId: string | undefined, forget: () => Promise<void>) => Promise<void>;
}

/** @param append - resolves once the events are durable. */
export function createDelivery(
  journal: Journal,
  append: (events: readonly FeedbackEvent[]) => Promise<void>,
): Delivery {
  let waiting: FeedbackEvent[] = [];
  let inFlight: FeedbackEvent[] = [];
  let isOpen = false;
  let forgets: (() => Promise<void>)[] = [];

  const deliver = coalesce(async () => {
    // Lets the rest of the task track, so that its events are one batch.
    await Promise.resolve();
    const first = forgets;
    forgets = [];
    for (const forget of first) await forget();
    if (!isOpen || !waiting.length) return;
    inFlight = waiting;
    waiting = [];
    await append(inFlight);
    inFlight = [];
    note();
  });
  const note = () => journal.write(isOpen ? [...inFlight, ...waiting] : []);
  const soon = () => {
    note();
    // Fails only once the store is closed; the journal still holds the events then.
    deliver().catch(() => {});
  };

  return {
    deliver,
    waiting: () => [...inFlight, ...waiting],
    push(events) {
      waiting.push(...events);
      if (!isOpen) waiting = waiting.slice(-MAX_WAITING);
      soon();
    },
    setOpen(open) {
      isOpen = open;
      soon();
    },
    forget(itemId, forget) {
      waiting = waiting.filter((event) => itemId !== undefined && event.itemId !== itemId);
      return new Promise((resolve, reject) => {
        forgets.push(() => forget().then(resolve, reject));
        soon();
      });
    },
  };
}
