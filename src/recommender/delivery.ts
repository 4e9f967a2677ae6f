/**
 * @module
 * Delivery: from `track()` to the log. Events of one task make one batch; what is not in the log
 * yet stands in the journal, unless consent is still awaited: then it waits in memory alone.
 */
import type { FeedbackEvent } from '../events.ts';
import type { Journal } from '../tracker/journal.ts';
import { coalesce } from './coalesce.ts';

/** Events that wait for consent; beyond it the oldest go. */
const MAX_WAITING = 1000;

export class Delivery {
  #waiting: FeedbackEvent[] = [];
  #inFlight: readonly FeedbackEvent[] = [];
  #forgets: (() => Promise<void>)[] = [];
  #open = false;
  readonly #journal: Journal;
  readonly #append: (events: readonly FeedbackEvent[]) => Promise<void>;
  /** Resolves once everything pushed before the call is in the log, or waits for consent. */
  readonly deliver = coalesce(() => this.#deliver());

  /** @param append - resolves once the events are durable. */
  constructor(journal: Journal, append: (events: readonly FeedbackEvent[]) => Promise<void>) {
    this.#journal = journal;
    this.#append = append;
  }

  /** Events not in the log yet. */
  get waiting(): readonly FeedbackEvent[] {
    return [...this.#inFlight, ...this.#waiting];
  }

  push(events: readonly FeedbackEvent[]): void {
    this.#waiting.push(...events);
    if (!this.#open) this.#waiting = this.#waiting.slice(-MAX_WAITING);
    this.#note();
    this.#soon();
  }

  /** true: events go to the log; false: they wait in memory. */
  setOpen(open: boolean): void {
    this.#open = open;
    this.#note();
    this.#soon();
  }

  /**
   * Drops what waits for one item or for all, then runs `forget`. Must come after a batch in flight
   * has landed, and before any event tracked later: what is forgotten stays so, what is new stays.
   */
  forget(itemId: string | undefined, forget: () => Promise<void>): Promise<void> {
    const isKept = (event: FeedbackEvent) => itemId !== undefined && event.itemId !== itemId;
    this.#waiting = this.#waiting.filter(isKept);
    this.#note();
    return new Promise((resolve, reject) => {
      this.#forgets.push(() => forget().then(resolve, reject));
      this.#soon();
    });
  }

  #soon(): void {
    // Fails only once the store is closed; the journal still holds the events then.
    this.deliver().catch(() => {});
  }

  async #deliver(): Promise<void> {
    // Lets the rest of the task track, so that its events are one batch.
    await null;
    for (const forget of this.#forgets.splice(0)) await forget();
    if (!this.#open || this.#waiting.length === 0) return;
    this.#inFlight = this.#waiting;
    this.#waiting = [];
    await this.#append(this.#inFlight);
    this.#inFlight = [];
    this.#note();
  }

  #note(): void {
    this.#journal.write(this.#open ? this.waiting : []);
  }
}
