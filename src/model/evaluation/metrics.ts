/**
 * @module
 * How right one list is.
 */

export interface Metric {
  readonly name: string;
  /** How much of the list it looks at. */
  readonly length: number;
  /** @returns a value in [0, 1]. */
  of(list: ArrayLike<number>, targets: Int32Array): number;
}

/**
 * Hits among the first `length`, over the most that could be had: a list of 20 cannot find 30
 * targets, and is not blamed for it.
 */
export function recallAt(length: number): Metric {
  return {
    name: `Recall@${length}`,
    length,
    of: (list, targets) => {
      const wanted = new Set(targets);
      let hits = 0;
      for (let rank = 0; rank < Math.min(length, list.length); rank++) {
        if (wanted.has(list[rank])) hits++;
      }
      return hits / Math.min(length, targets.length);
    },
  };
}

/** Binary gain, discounted by log₂(rank + 2) from rank 0, over that of the best possible list. */
export function ndcgAt(length: number): Metric {
  return {
    name: `NDCG@${length}`,
    length,
    of: (list, targets) => {
      const wanted = new Set(targets);
      let gain = 0;
      let ideal = 0;
      for (let rank = 0; rank < length; rank++) {
        const share = 1 / Math.log2(rank + 2);
        if (rank < list.length && wanted.has(list[rank])) gain += share;
        if (rank < targets.length) ideal += share;
      }
      return gain / ideal;
    },
  };
}

export const REPLAY_METRICS: readonly Metric[] = [recallAt(20), ndcgAt(20)];
export const STRONG_METRICS: readonly Metric[] = [recallAt(20), recallAt(50), ndcgAt(100)];
