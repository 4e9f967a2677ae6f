/**
 * @module
 * Training events that count less the older they are: weight × 2^(−age / half-life), age measured
 * back from the newest event of all. Seasons pass and assortments turn over; what sold together last
 * year is less true of next month.
 *
 * Only under `ials`, where a = b = |r|: there decaying the weight is decaying both a and b. Under
 * the other conventions a weight of zero still has a constant part, and nothing would fade out.
 */
import { requireNumber, SottoError } from '../../errors.ts';
import type { Interactions } from '../interactions.ts';
import type { Objective } from '../objective.ts';
import type { RepeatRule } from './sparse.ts';

const DAY_MS = 86_400_000;

export interface DecayedEvents {
  interactions: Interactions;
  /** The rule for the decayed weights. */
  repeat: RepeatRule;
}

/**
 * @param repeat - `once` becomes: ±1, as old as the pair's newest event.
 * @throws {SottoError} `invalid-argument` under another convention; `column-missing` without times.
 */
export function decayEvents(
  interactions: Interactions,
  objective: Objective,
  repeat: RepeatRule,
  halfLifeDays: number,
): DecayedEvents {
  requireNumber('training half-life', halfLifeDays, 1e-3, 1e6);
  if (objective.convention !== 'ials') {
    throw new SottoError(
      'invalid-argument',
      `a training half-life needs the objective ials but got ${objective.convention}`,
    );
  }
  const { timestamps, weights } = interactions;
  if (!timestamps) {
    throw new SottoError('column-missing', 'a training half-life needs a time column');
  }
  let newestMs = -Infinity;
  for (const timestamp of timestamps) newestMs = Math.max(newestMs, timestamp);
  const decayed = Float32Array.from(weights, (weight, row) => {
    const ageDays = (newestMs - timestamps[row]) / DAY_MS;
    return (repeat === 'once' ? Math.sign(weight) : weight) * 2 ** (-ageDays / halfLifeDays);
  });
  return {
    interactions: { ...interactions, weights: decayed },
    repeat: repeat === 'once' ? 'max' : repeat,
  };
}
