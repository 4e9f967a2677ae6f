/**
 * @module
 * Summaries of timings.
 */

/** @param share - in [0, 1]; 0.5 is the median. Between two values: in proportion. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((left, right) => left - right);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)];
  return below + (place - Math.floor(place)) * (sorted[Math.ceil(place)] - below);
}

export interface Timing {
  medianMs: number;
  percentile95Ms: number;
  fastestMs: number;
  runs: number;
}

export function summarise(valuesMs: readonly number[]): Timing {
  return {
    medianMs: quantile(valuesMs, 0.5),
    percentile95Ms: quantile(valuesMs, 0.95),
    fastestMs: Math.min(...valuesMs),
    runs: valuesMs.length,
  };
}
