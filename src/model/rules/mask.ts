/**
 * @module
 * The rows that a list must not hold, as the bit mask that retrieval takes.
 */
import type { RowMask } from '../retrieval/types.ts';

export function createMask(
  rows: number,
  rules: { exclude: Iterable<number>; filter: ((row: number) => boolean) | null },
  hidden: Iterable<number>,
): RowMask {
  const mask = new Uint8Array(Math.ceil(rows / 8));
  const { filter } = rules;
  if (filter !== null) {
    for (let row = 0; row < rows; row++) if (!filter(row)) mask[row >> 3] |= 1 << (row & 7);
  }
  maskRows(mask, rules.exclude);
  maskRows(mask, hidden);
  return mask;
}

export function maskRows(mask: RowMask, rows: Iterable<number>): void {
  for (const row of rows) mask[row >> 3] |= 1 << (row & 7);
}

export function isMasked(mask: RowMask, row: number): boolean {
  return ((mask[row >> 3] >> (row & 7)) & 1) === 1;
}
