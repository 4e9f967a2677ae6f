/**
 * @module
 * Maximal marginal relevance: a list whose items are good and unlike each other; and, where there is
 * a cap by category, none beyond it.
 *
 * Picks one after another the candidate with the largest (1 − δ)·relevance − δ·(largest cosine with
 * what is picked already); relevance is the score moved to [0, 1] over the candidates.
 *
 * Paper: Carbonell & Goldstein, SIGIR 1998, https://doi.org/10.1145/290941.291025.
 */
import type { ItemFactors } from '../model.ts';
import { readRow } from '../readRow.ts';
import type { CategoryCap } from '../rules/categoryCap.ts';

/**
 * @param rows - best first. @param scores - theirs.
 * @param diversity - δ in [0, 1]; 0 keeps the order.
 * @param cap - asked before each pick, and told of it; null: none.
 * @returns the indexes of the `count` picked, in their new order; fewer where the cap admits no
 * other. O(count · candidates · d).
 */
export function diversify(
  factors: ItemFactors,
  rows: Int32Array,
  scores: Float64Array,
  count: number,
  diversity: number,
  cap: CategoryCap | null = null,
): number[] {
  const wanted = Math.min(count, rows.length);
  if (diversity === 0) return inOrder(rows, wanted, cap);
  const { dim } = factors;
  const units = unitRows(factors, rows);
  const highest = Math.max(...scores);
  const spread = highest - Math.min(...scores) || 1;
  const likeness = new Float64Array(rows.length).fill(-1);
  /** Picked, or refused by the cap, which admits no more of a category again. */
  const isGone = new Uint8Array(rows.length);
  const picked: number[] = [];
  while (picked.length < wanted) {
    let best = -1;
    let bestValue = -Infinity;
    for (let index = 0; index < rows.length; index++) {
      if (isGone[index]) continue;
      if (cap?.admits(rows[index]) === false) {
        isGone[index] = 1;
        continue;
      }
      const relevance = 1 - (highest - scores[index]) / spread;
      const repetition = picked.length === 0 ? 0 : likeness[index];
      const value = (1 - diversity) * relevance - diversity * repetition;
      if (value > bestValue) {
        best = index;
        bestValue = value;
      }
    }
    if (best === -1) break;
    isGone[best] = 1;
    picked.push(best);
    cap?.add(rows[best]);
    for (let index = 0; index < rows.length; index++) {
      if (isGone[index]) continue;
      let cosine = 0;
      for (let f = 0; f < dim; f++) cosine += units[index * dim + f] * units[best * dim + f];
      if (cosine > likeness[index]) likeness[index] = cosine;
    }
  }
  return picked;
}

function inOrder(rows: Int32Array, wanted: number, cap: CategoryCap | null): number[] {
  const picked: number[] = [];
  for (let index = 0; index < rows.length && picked.length < wanted; index++) {
    if (cap?.admits(rows[index]) === false) continue;
    picked.push(index);
    cap?.add(rows[index]);
  }
  return picked;
}

/** Each of length 1, one after another. */
function unitRows(factors: ItemFactors, rows: Int32Array): Float64Array {
  const { dim } = factors;
  const units = new Float64Array(rows.length * dim);
  for (let index = 0; index < rows.length; index++) {
    const unit = readRow(factors, rows[index], units.subarray(index * dim, (index + 1) * dim));
    const norm = Math.hypot(...unit) || 1;
    for (let f = 0; f < dim; f++) unit[f] /= norm;
  }
  return units;
}
