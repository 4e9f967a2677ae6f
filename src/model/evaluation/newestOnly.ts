/**
 * @module
 * An engine that is told less: how good lists are after one event, two, three, … on the very same
 * cases. Recall by events seen compares visitors of short histories with others of long ones; this
 * compares each visitor with themselves.
 */
import type { EvaluatedEngine } from './types.ts';

/** @param events - how many of the newest events `engine` is told. */
export function newestOnly(engine: EvaluatedEngine, events: number): EvaluatedEngine {
  return {
    name: `${engine.name}, newest ${events}`,
    async recommend(history, nowMs, count) {
      const told = history.slice(-events);
      const seen = new Set(history.map((event) => event.item));
      // What it was not told of it may list again; enough are asked for that these can be left out.
      const list = await engine.recommend(told, nowMs, count + seen.size);
      return Array.from(list)
        .filter((item) => !seen.has(item))
        .slice(0, count);
    },
  };
}
