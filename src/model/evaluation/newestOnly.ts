/**
 * @module
 * An engine that is told less: how good lists are after no event, one, two, three, … on the very
 * same cases. Recall by events seen compares visitors of short histories with others of long ones;
 * this compares each visitor with themselves.
 */
import { itemsOf, type EvaluatedEngine } from './types.ts';

/** The steps of the reaction curve; 0: the engine is told nothing. */
export const TOLD_STEPS: readonly number[] = [0, 1, 2, 3, 5, 10, 20, 50];

/** @param events - how many of the newest events `engine` is told. It lists none of the others. */
export function newestOnly(engine: EvaluatedEngine, events: number): EvaluatedEngine {
  return {
    name: `${engine.name}, newest ${events}`,
    recommend: (history, nowMs, count, taken = itemsOf(history)) =>
      engine.recommend(events === 0 ? [] : history.slice(-events), nowMs, count, taken),
  };
}
