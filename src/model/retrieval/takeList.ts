/**
 * @module
 * A kernel's list out of its memory, which the next call overwrites, with scores in place of
 * integer sums. A loop: `map` of a typed array takes longer than the kernel does to sort fifty.
 */
import type { TopK } from './types.ts';

export function takeList({ rows, scores }: TopK, scale: number): TopK {
  const list = { rows: rows.slice(), scores: scores.slice() };
  for (let place = 0; place < list.scores.length; place++) list.scores[place] *= scale;
  return list;
}
