/**
 * @module
 * What the worker holds once a model is open. Types only.
 */
import type { SottoError } from '../errors.ts';
import type { FeedbackEvent, PreferenceRecord } from '../events.ts';
import type { Engine, Visitor } from '../model/engine.ts';
import type { TfjsRefiner } from '../model/learners/refine/tfjs.ts';
import type { PreferenceRules } from '../model/preferences.ts';
import type { RetrievalEngine } from '../model/retrieval/types.ts';
import type { LogStore, Store } from '../store/types.ts';
import type { LearnTimings, ModelInfo, OpenRequest, RefinementReport } from './api.ts';

/** Without a database the worker holds the events itself: what the page would do, is asked of it. */
export type WorkerStore = LogStore & Partial<Pick<Store, 'append' | 'forget'>>;

/** Everything that is there once a model is open. Learning moves what stands after `info`. */
export interface Opened {
  request: OpenRequest;
  rules: PreferenceRules;
  store: WorkerStore;
  /** What refines the closed form's answer behind it; null: nothing. */
  refiner: VisitorRefiner | null;
  /** Its name can change while it serves, as can the list of warnings: what is true now is theirs. */
  retrieval: RetrievalEngine;
  warnings: SottoError[];
  engine: Engine;
  /** As it was when the model was opened. */
  info: ModelInfo;
  /** As the log has them, which is as they are stored. */
  counted: ReadonlyMap<string, PreferenceRecord>;
  /** Events that were counted last. */
  newestIds: ReadonlySet<string>;
  /** Events on their way into the log, which are learned from already. */
  ahead: readonly FeedbackEvent[];
  /** What is learned from: those counted, and those ahead. */
  records: ReadonlyMap<string, PreferenceRecord>;
  visitor: Visitor;
  /** Of the visitor's embedding; null while that is the closed form's. */
  refinement: RefinementReport | null;
  lastTimings: LearnTimings | null;
  rankMs: number | null;
  /** When events were last let go. */
  retiredMs: number;
  /** Items that the model does not know, from events counted while it opened. */
  unreportedItemIds: readonly string[];
}

export interface VisitorRefiner extends Pick<TfjsRefiner, 'backend' | 'device'> {
  /** To be called after each learning. Never throws; what fails is a notice. */
  start(state: Opened): void;
  /** What runs is stale from now on. */
  dispose(): void;
}
