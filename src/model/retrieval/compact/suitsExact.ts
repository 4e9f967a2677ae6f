/**
 * @module
 * Whether a compact model is better served by the exact scan of its finer codes than in two stages.
 *
 * The exact scan ends where norms have become too short for the list, and on the heavy-tailed norms
 * of a trained model that is early. The first stage ends later, where they are too short for the
 * last of its candidates, and then takes those from all over memory. So which reads less is a matter
 * of the norms, and asking a few queries tells.
 */
import type { ItemFactors } from '../../model.ts';
import { readRow } from '../../readRow.ts';
import { areFlat } from '../areFlat.ts';
import type { ImmediateRetrievalEngine } from '../types.ts';

/** Of all blocks, that the exact scan may visit: it takes about three times as long over a row. */
const LARGEST_SHARE = 1 / 4;
const PROBES = 8;
/** What most visitors have chosen is among the strongest of all rows, one in so many. */
const STRONGEST = 8;
const K = 50;

/** @param exact - over the same factors. */
export function suitsExact(exact: ImmediateRetrievalEngine, factors: ItemFactors): boolean {
  const { rows, dim, blockNorms } = factors;
  if (rows === 0 || areFlat(blockNorms)) return false;
  let visited = 0;
  for (let probe = 0; probe < PROBES; probe++) {
    // Who liked one item looks in about its direction.
    const row = Math.floor((rows * probe) / (PROBES * STRONGEST));
    const vector = readRow(factors, row, new Float64Array(dim));
    const { scores } = exact.topK({ vector, k: K, mask: null, measure: 'inner-product' });
    const least = scores[scores.length - 1] / Math.hypot(...vector);
    // A row of zeros asks for nothing in particular.
    for (const norm of blockNorms) if (!(norm < least)) visited++;
  }
  return visited <= LARGEST_SHARE * PROBES * blockNorms.length;
}
