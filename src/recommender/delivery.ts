/**
 * @module
 * createDelivery: from `track()` to the log. Events of one task make one batch; what is not in the
 * log yet stands in the journal, unless consent is still awaited: then it waits in memory alone.
 *
 * A log in memory ends with the page. What went into one stays in the journal too: the next page may
 * find its database again.
 */
import type { FeedbackEvent } from '../events.ts';
import type { Journal } from '../tracker/journal.ts';

/** Events that wait for consent, or that only memory holds; beyond it the oldest go. */
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

/**
 * @param append - resolves once the events are in the log; to false where that is memory.
 */
export function createDelivery(
  journal: Journal,
  append: (events: readonly FeedbackEvent[]) => Promise<boolean>,
): Delivery {
  /** In a log that ends with the page; they stand in the journal before those that wait. */
  let fleeting: FeedbackEvent[] = [];
  /** Those in flight first. */
  let waiting: FeedbackEvent[] = [];
  let inFlight = 0;
  let isOpen = false;
  let forgets: (() => Promise<void>)[] = [];
  let turn = Promise.resolve();

  const run = async () => {
    const first = forgets;
    forgets = [];
    for (const forget of first) await forget();
    if (!isOpen || !waiting.length) return;
    inFlight = waiting.length;
    const isDurable = await append(waiting.slice());
    const done = waiting.splice(0, inFlight);
    fleeting = isDurable ? [] : [...fleeting, ...done].slice(-MAX_WAITING);
    inFlight = 0;
    note();
  };
  // One after the other, each after the task that asks for it: the first takes all that the task has
  // tracked, as one batch, and leaves nothing to the others.
  const deliver = () => (turn = turn.then(run, run));
  const note = (from = 0) => journal.write(isOpen ? [...fleeting, ...waiting] : [], from);
  const soon = (from?: number) => {
    note(from);
    // Fails only once the store is closed; the journal still holds the events then.
    deliver().catch(() => {});
  };

  return {
    deliver,
    waiting: () => waiting,
    push(events) {
      const from = fleeting.length + waiting.length;
      waiting.push(...events);
      if (!isOpen) waiting.splice(inFlight, waiting.length - inFlight - MAX_WAITING);
      soon(isOpen ? from : 0);
    },
    setOpen(open) {
      isOpen = open;
      soon();
    },
    forget(itemId, forget) {
      const stays = (event: FeedbackEvent) => itemId !== undefined && event.itemId !== itemId;
      fleeting = fleeting.filter(stays);
      waiting = waiting.filter((event, index) => index < inFlight || stays(event));
      return new Promise((resolve, reject) => {
        forgets.push(() => forget().then(resolve, reject));
        soon();
      });
    },
  };
}
