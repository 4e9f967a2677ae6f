/**
 * @module
 * Where a catalogue is cut: every file of rows (factors, ids, statistics, items) at the same rows,
 * so that shards are usable one after another and the first one is a small model of its own.
 */

/** Rows of the first shard: a quarter of a megabyte at d = 64, enough to answer with. */
export const FIRST_SHARD_ROWS = 4096;

/** Rows of every later shard: a megabyte at d = 64. A catalogue of no more is one shard. */
export const SHARD_ROWS = 16_384;

/** [first row, row after the last] of every shard, in order; none for no rows. */
export function shardBounds(rows: number): [first: number, end: number][] {
  const bounds: [number, number][] = [];
  const firstRows = rows <= SHARD_ROWS ? rows : FIRST_SHARD_ROWS;
  for (let first = 0; first < rows;) {
    const end = Math.min(rows, first + (first === 0 ? firstRows : SHARD_ROWS));
    bounds.push([first, end]);
    first = end;
  }
  return bounds;
}
