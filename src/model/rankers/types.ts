/**
 * @module
 * Ranker: candidates and the visitor's context in, scores out. Today's member is the blend; trained
 * re-rankers take the same seat.
 */
import type { WeightedPreference } from '../learners/types.ts';
import type { Model } from '../model.ts';

/** Retrieved rows with the signals that retrieval knows of them. */
export interface Candidates {
  readonly rows: Int32Array;
  /** Inner product with the visitor's embedding. */
  readonly similarity: Float64Array;
}

export interface RankContext {
  readonly model: Model;
  readonly preferences: readonly WeightedPreference[];
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
}

export interface Ranker {
  readonly name: string;
  /**
   * @returns one finite score a candidate, in their order; larger is better. No candidate: none.
   */
  score(candidates: Candidates, context: RankContext): Float64Array;
}
