/**
 * @module
 * The words of evaluation: a case (what an engine is told, and what it should have said), a fold
 * (a training table with the cases it is tested on) and the seat that every engine takes.
 *
 * Items are indices into `Fold.training.itemIds`, never rows of a model: engines that have no model
 * answer the same question.
 */
import type { Interactions } from '../interactions.ts';

/** One event of a held-out user, on an item that the training table holds. */
export interface SeenEvent {
  readonly item: number;
  /** What the event says of taste, as in ActionWeights. */
  readonly weight: number;
  /** Milliseconds since the epoch; 0 when the source has no time. */
  readonly timestamp: number;
}

export interface EvaluatedEngine {
  readonly name: string;
  /**
   * @param history - what the engine is told, oldest first; empty only when it is told nothing. Not
   * modified.
   * @param nowMs - the moment of the request; no event of `history` is younger.
   * @param taken - items not to list; those of `history` when absent. An engine that is told less
   * than the visitor did must still not list what they have.
   * @returns at most `count` items, best first, none twice and none of `taken`.
   */
  recommend(
    history: readonly SeenEvent[],
    nowMs: number,
    count: number,
    taken?: ReadonlySet<number>,
  ): ArrayLike<number> | Promise<ArrayLike<number>>;
}

/** The items of a history. */
export function itemsOf(history: readonly SeenEvent[]): Set<number> {
  return new Set(history.map((event) => event.item));
}

/** One question to an engine. */
export interface Case {
  /** Index into the `userIds` of the whole table, so that users stay distinct across folds. */
  readonly user: number;
  readonly nowMs: number;
  readonly history: readonly SeenEvent[];
  /** Distinct, ascending, none of them in `history`; never empty. */
  readonly targets: Int32Array;
}

export interface Fold {
  /** Holds only the users and items that have a training event. */
  readonly training: Interactions;
  /** The training events' bound: all are older. Infinity when the protocol does not cut by time. */
  readonly cutMs: number;
  readonly heldOutUsers: number;
  readonly cases: readonly Case[];
}
