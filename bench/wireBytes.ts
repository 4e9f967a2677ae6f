/**
 * @module
 * Bytes an item that factors take on the wire: brotli at its highest setting, file by file. Of many
 * files every so many-th is compressed: the highest setting takes its time.
 */
import { brotliCompressSync } from 'node:zlib';
import { toPlanes } from '../src/model/artifact/planes.ts';
import { shardBounds } from '../src/model/artifact/shards.ts';

const SHARDS = 8;

/** @param values - rows × dim, without padding. @param isCompact - written column after column. */
export function wireBytes(values: Int8Array, dim: number, isCompact: boolean): number {
  const bounds = shardBounds(values.length / dim);
  const step = Math.max(1, Math.floor(bounds.length / SHARDS));
  let rows = 0;
  let bytes = 0;
  for (let index = 0; index < bounds.length; index += step) {
    const [first, end] = bounds[index];
    const shard = values.slice(first * dim, end * dim);
    const file = isCompact ? toPlanes(shard, dim) : shard;
    bytes += brotliCompressSync(new Uint8Array(file.buffer)).length;
    rows += end - first;
  }
  return bytes / rows;
}
