/**
 * @module
 * What the page is answered, and by whom it is learned: the interfaces of its second half's parts.
 */
import type { FeedbackEvent } from '../events.ts';
import type { Tabs } from './tabs.ts';
import type { Answered, Asked as Given, Method } from '../worker/client.ts';
import type { ModelInfo } from '../worker/api.ts';
import type { UpdateEvent } from './listeners.ts';
import type { Recommender } from './types.ts';

export interface Learning {
  /** Of the first worker, or of the one that took its place before it was ready. */
  readonly ready: Promise<ModelInfo>;
  /** Until a worker has learned for the first time, or has failed. */
  isOpening: () => boolean;
  ask: <M extends Method>(method: M, ...given: Given<M>) => Promise<Answered<M>>;
  /** Resolves once everything in the log is learned. */
  learn: () => Promise<void>;
  /** The log may hold more than was learned. */
  learnSoon: () => void;
  /** Lets lists follow what is on its way into the log; what fails here, `learn` will say. */
  anticipate: () => void;
  /** Another worker; 'update' for `reason` once it has learned. */
  restart: (reason: UpdateEvent['reason']) => void;
  /** The page has lost the database: a worker that reads it gives way to one without. */
  leaveDatabase: () => void;
  close: () => void;
}

/** What of a Recommender is answered here. */
export type Asked =
  | ('recommend' | 'similar' | 'rank' | 'popular')
  | ('explain' | 'profile' | 'metrics' | 'createReport' | 'exportData' | 'flush');

export interface Answers extends Learning, Pick<Recommender, Asked> {
  /** The events are in the log. */
  landed: (events: readonly FeedbackEvent[]) => void;
  /**
   * The visitor has chosen.
   * @param learned - whether events were learned from before.
   */
  consented: (learned: boolean) => void;
  /** To the site's other tabs. */
  tell: Tabs['tell'];
}
