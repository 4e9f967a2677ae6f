/**
 * @module
 * Ranker: candidates and the visitor's context in, scores out. Members: the plain blend (similarity and
 * what is on the way up) and the learned one (weights by `sotto train`); trained re-rankers take
 * the same seat.
 */
import type { Signal } from '../blend.ts';
import type { WeightedPreference } from '../learners/types.ts';
import type { Model } from '../model.ts';
import type { VisitorSignals } from '../signals/visitorSignals.ts';

/** Retrieved rows with the signals that retrieval knows of them. */
export interface Candidates {
  readonly rows: Int32Array;
  /** Inner product with the visitor's embedding. */
  readonly similarity: Float64Array;
}

export interface RankContext {
  readonly model: Model;
  readonly preferences: readonly WeightedPreference[];
  readonly signals: VisitorSignals;
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
}

/** What one signal adds to a score. */
export interface ScorePart {
  signal: Signal;
  score: number;
}

export interface Ranker {
  readonly name: string;
  /**
   * @returns one finite score a candidate, in their order; larger is better. No candidate: none.
   */
  score(candidates: Candidates, context: RankContext): Float64Array;
  /** What a candidate's score is made of; adds up to it. @param similarity - as in `Candidates`. */
  parts(row: number, similarity: number, context: RankContext): ScorePart[];
}
