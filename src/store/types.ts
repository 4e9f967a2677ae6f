/**
 * @module
 * Store: what Sotto keeps on the device, behind one interface with two members (IndexedDB and its
 * memory twin). The event log is the only truth; everything else here can be rebuilt from it.
 */
import type { FeedbackEvent, PreferenceRecord } from '../events.ts';

/** An event with its place in the log. Sequences grow and are never used twice. */
export interface LogEntry {
  sequence: number;
  event: FeedbackEvent;
}

/** Where the reader of the log stands. Moves in the same transaction as the preferences. */
export interface Cursor {
  /** The last sequence that counts already; 0 before the first. */
  sequence: number;
  /**
   * Names the weights and the half-life the preferences were made with. When it no longer fits,
   * the preferences are rebuilt from the log.
   */
  configuration: string;
}

/**
 * Turns log entries into preferences. Runs inside a transaction: must be synchronous and must not
 * throw. Writes into `records` (already holding every stored record) and returns the ids changed.
 */
export type Reduce = (
  records: Map<string, PreferenceRecord>,
  entries: readonly LogEntry[],
) => Iterable<string>;

export interface AdvanceResult {
  cursor: Cursor;
  /** Entries that counted in this call. */
  entries: LogEntry[];
  /**
   * Every record after this call. The same Map object as last time when nobody else wrote in
   * between; a caller must not change it.
   */
  records: ReadonlyMap<string, PreferenceRecord>;
  /** The records were rebuilt or reloaded, because another tab or `forget` had moved them. */
  reloaded: boolean;
}

export interface Retention {
  /** Events older than this leave the log. Days. */
  maxAgeDays: number;
  /** When there are more, the oldest leave the log. */
  maxEvents: number;
}

/** A finished list, so that a page paints before the worker has started. */
export interface CachedList {
  modelId: string;
  savedAt: number;
  /** Structured-clonable; the store does not look inside. */
  value: unknown;
}

/** What is kept by key beside the log: lists by their request, settings by their name. */
export interface KeptValues {
  lists: CachedList;
  settings: unknown;
}

/** All that is held, as `exportData` writes it out. */
export interface StoreContents {
  events: LogEntry[];
  preferences: PreferenceRecord[];
  cursor: Cursor | null;
  lists: [key: string, list: CachedList][];
  settings: [key: string, value: unknown][];
}

/** Settings that outlive `forget`. */
export type Kept = readonly (readonly [key: string, value: unknown])[];

/** Settings from here on, in the order of texts, outlive `forget`. */
export const LASTING = '~';

/**
 * What all reports of this device have said so far, ε. It outlives `forget`: spent is spent, and a
 * budget that came back with every `forget` would bound nothing. It tells nothing of the visitor.
 */
export const SPENT_EPSILON_KEY = `${LASTING}spentEpsilon`;

/** The setting that holds the list and position that each item was last chosen from. */
export const CREDITS = 'credits';

/** Lists that are kept; a page asks for a few, and asks for the same ones the next time. */
export const MAX_LISTS = 24;

export interface Store {
  readonly kind: 'indexeddb' | 'memory';

  /**
   * Adds events to the log; an event whose id is there already is left out. Resolves once the
   * transaction is complete. @returns how many were new.
   */
  append(events: readonly FeedbackEvent[]): Promise<number>;

  /**
   * Reads the log after the cursor, lets `reduce` count the entries and stores preferences and
   * cursor, all in one transaction: an event counts exactly once however many tabs are open.
   * When `configuration` differs from the stored one, starts again from what is `retired`.
   */
  advance(configuration: string, reduce: Reduce): Promise<AdvanceResult>;

  /**
   * Lets events leave the log that are past `retention`, counting them into `retired` with
   * `reduce`. Only events at or before the cursor leave. @returns how many left.
   */
  retire(retention: Retention, nowMs: number, reduce: Reduce): Promise<number>;

  /** Every entry of one item, or of all, in order of sequence. */
  entries(itemId?: string): Promise<LogEntry[]>;
  /** How many events the log holds. */
  countEvents(): Promise<number>;

  /** The newest event of the log: what tells whether a session still runs. */
  lastEvent(): Promise<FeedbackEvent | undefined>;

  /**
   * Removes one item's events, preferences and every cached list, or everything in every store but
   * the setting `SPENT_EPSILON_KEY`.
   * @param keep - settings written anew in the same transaction, so that a refusal of consent
   * outlives the data it removes.
   */
  forget(
    itemId?: string,
    keep?: readonly (readonly [key: string, value: unknown])[],
  ): Promise<void>;
  contents(): Promise<StoreContents>;

  get<K extends keyof KeptValues>(kind: K, key: string): Promise<KeptValues[K] | undefined>;
  /** Of lists at most `MAX_LISTS` are kept: one more starts anew. */
  put<K extends keyof KeptValues>(kind: K, key: string, value: KeptValues[K]): Promise<void>;

  /**
   * Adds `epsilon` to `SPENT_EPSILON_KEY`, unless it would then exceed `limit`. In one transaction:
   * two tabs cannot spend the same. @returns whether it was spent.
   */
  spend(epsilon: number, limit: number): Promise<boolean>;

  /** Releases the connection. Afterwards every call rejects with `destroyed`. */
  close(): void;
}

/** What the worker needs of a database: it reads the log that the page appends to. */
export type LogStore = Pick<
  Store,
  'kind' | 'advance' | 'retire' | 'entries' | 'countEvents' | 'spend' | 'close'
>;

/** What the page needs of a store: it appends and shows; only the worker reads the log. */
export type PageStore = Omit<Store, 'advance' | 'retire' | 'entries' | 'countEvents' | 'spend'>;
