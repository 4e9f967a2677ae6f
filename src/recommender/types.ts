/**
 * @module
 * Recommender: the whole public interface. Every rejection is a SottoError with a code. Every call
 * that waits for an answer takes a signal; what the visitor decides (`setConsent`, `forget`) holds at
 * once, and cannot be called off.
 */
import type { TrackedEvent } from '../events.ts';
import type { Consent } from '../tracker/consent.ts';
import type { Explanation, LearnedProfile, ModelInfo } from '../worker/api.ts';
import type { Metrics, MetricsOptions, PopularityWindow, Recommendation } from '../worker/api.ts';
import type { Report, ReportRequest } from '../worker/api.ts';
import type { EventMap, Listener } from './listeners.ts';
import type { CallOptions, ListOptions } from './lists.ts';

export interface RankOptions extends ListOptions {
  /** Ids the model does not know: refuse the call, or keep them last. Default 'reject'. */
  unknown?: 'reject' | 'last';
}

export interface PopularOptions extends ListOptions {
  /** Most popular of late, or of all time. Default 'trending'. */
  window?: PopularityWindow;
}

export interface Recommender {
  /** Resolves when the model is in use; rejects when it, or the worker, cannot be had. */
  readonly ready: Promise<ModelInfo>;
  readonly consent: Consent;
  readonly paused: boolean;

  /**
   * Notes what the visitor did. Never throws: what is wrong with the event comes as an 'error'.
   * @returns the event's id; null when it was not accepted (bad, paused, denied).
   */
  track: (event: TrackedEvent) => string | null;

  /**
   * For this visitor. Before the model is in use, the list that was last given for the same
   * request; 'update' then says when to ask again.
   */
  recommend: (options?: ListOptions) => Promise<Recommendation[]>;
  /** Like an item. Rejects with `unknown-item` when the model does not know it. */
  similar: (itemId: string, options?: ListOptions) => Promise<Recommendation[]>;
  /** A list of the caller's, best first for this visitor. */
  rank: (itemIds: readonly string[], options?: RankOptions) => Promise<Recommendation[]>;
  /** The same for everyone. */
  popular: (options?: PopularOptions) => Promise<Recommendation[]>;
  /** Which past events contributed how much to an item's score. */
  explain: (itemId: string, options?: CallOptions) => Promise<Explanation>;
  /** What was learned, readable. */
  profile: (options?: CallOptions) => Promise<LearnedProfile>;

  /** Impressions, clicks, carts and purchases by list and position, counted on this device. */
  metrics: (options?: MetricsOptions & CallOptions) => Promise<Metrics>;
  /**
   * Answers of this device for the site to send, each randomised; see docs/metrics.md. Nothing is
   * sent. null: the lifetime budget is spent, or cannot be kept (no consent, no database).
   */
  createReport: (request: ReportRequest, options?: CallOptions) => Promise<Report | null>;

  /** @returns what ends it. Throws `invalid-argument` for a type there is not. */
  on: <T extends keyof EventMap>(type: T, listener: Listener<T>) => () => void;

  /** The visitor's choice; kept, and applied in every tab. */
  setConsent: (consent: Consent) => Promise<void>;
  /** Events are not noted until `resume`, on this page and the next. */
  pause: () => void;
  resume: () => void;

  /** Everything held on this device, as JSON Lines; see docs/tracking.md. */
  exportData: (options?: CallOptions) => Promise<string>;
  /** All of it gone, or all of one item. A refusal of consent stays. */
  forget: (itemId?: string) => Promise<void>;
  /**
   * Resolves when every tracked event is durable and learned by the closed form; a refinement says
   * itself when it is done ('update' for reason 'refined').
   */
  flush: (options?: CallOptions) => Promise<void>;
  /** Ends every listener, observer, timer and worker. Later calls reject with `destroyed`. */
  destroy: () => void;
}
