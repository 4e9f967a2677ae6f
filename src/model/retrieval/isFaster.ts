/**
 * @module
 * Whether one retrieval engine answers enough sooner than another, on this device and this model.
 */
import type { Model } from '../model.ts';
import { readRow } from '../readRow.ts';
import type { RetrievalEngine, TopKQuery } from './types.ts';

const ROUNDS = 5;
/** As many as a list asks for, with room to reorder it. */
const K = 300;

/**
 * Both answer the same few queries in turns; medians are compared. The first round warms up and
 * does not count.
 *
 * @param share - the candidate's time must be at most this share of the incumbent's.
 * @param now - a clock, ms.
 */
export async function isFaster(
  candidate: RetrievalEngine,
  incumbent: RetrievalEngine,
  { factors, prior }: Pick<Model, 'factors' | 'prior'>,
  share: number,
  now: () => number,
): Promise<boolean> {
  const candidateMs: number[] = [];
  const incumbentMs: number[] = [];
  const timeMs = async (engine: RetrievalEngine, query: TopKQuery): Promise<number> => {
    const started = now();
    const answer = engine.topK(query);
    if (answer instanceof Promise) await answer;
    return now() - started;
  };
  for (let round = -1; round < ROUNDS; round++) {
    // The average visitor, and those who have seen one item, from the first row to the last.
    const row = Math.floor(((factors.rows - 1) * Math.max(round - 1, 0)) / (ROUNDS - 2));
    const vector = round < 1 ? prior : readRow(factors, row, new Float64Array(factors.dim));
    const query: TopKQuery = { vector, k: K, mask: null, measure: 'inner-product' };
    const candidateTook = await timeMs(candidate, query);
    const incumbentTook = await timeMs(incumbent, query);
    if (round < 0) continue;
    candidateMs.push(candidateTook);
    incumbentMs.push(incumbentTook);
  }
  return median(candidateMs) <= share * median(incumbentMs);
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[values.length >> 1];
}
