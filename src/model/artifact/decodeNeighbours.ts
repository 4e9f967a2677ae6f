/**
 * @module
 * Shards of item neighbours into one table, by the row that speaks for the others. Of the first
 * shards as a model of their own, neighbours that are not there yet are left out.
 */
import type { ItemNeighbours } from '../model.ts';
import type { Steps } from '../steps.ts';
import { NEIGHBOUR_LEVELS } from './encodeNeighbours.ts';
import type { FileEntry, Manifest } from './manifest.ts';
import { refuseModel } from './refuseModel.ts';
import { createVarintReader } from './varint.ts';

interface Shard {
  firstRow: number;
  counts: Uint32Array;
  rows: Int32Array;
  weights: Float32Array;
}

export function createNeighboursDecoder({ items, wholeItems = items, neighbours }: Manifest) {
  const shards: Shard[] = [];
  const scale = neighbours?.scale ?? 0;
  return {
    /** @throws {SottoError} `manifest-invalid` unless every neighbour is a row of the model. */
    add(file: FileEntry, bytes: Uint8Array<ArrayBuffer>): void {
      shards.push(decodeShard(file, bytes, items, wholeItems, scale));
    },
    *finish(): Steps<ItemNeighbours | null> {
      if (!neighbours) return null;
      shards.sort((left, right) => left.firstRow - right.firstRow);
      const length = shards.reduce((sum, { rows }) => sum + rows.length, 0);
      const starts = new Uint32Array(items + 1);
      const rows = new Int32Array(length);
      const weights = new Float32Array(length);
      let at = 0;
      for (const shard of shards) {
        rows.set(shard.rows, at);
        weights.set(shard.weights, at);
        for (let index = 0; index < shard.counts.length; index++) {
          at += shard.counts[index];
          starts[shard.firstRow + index + 1] = at;
        }
        yield;
      }
      return { starts, rows, weights };
    },
  };
}

function decodeShard(
  { name, rows: count, firstRow }: FileEntry,
  bytes: Uint8Array<ArrayBuffer>,
  items: number,
  wholeItems: number,
  scale: number,
): Shard {
  const reader = createVarintReader(bytes);
  const stated = new Uint32Array(count);
  let total = 0;
  for (let row = 0; row < count; row++) {
    const entries = reader.next();
    // Each takes two bytes at least, so that no file asks for more memory than it is long.
    total += entries;
    if (entries < 0 || total * 2 > bytes.length) refuse(row, 'cut off');
    stated[row] = entries;
  }
  const counts = new Uint32Array(count);
  const rows = new Int32Array(total);
  const weights = new Float32Array(total);
  const levelsAt = bytes.length - total;
  let read = 0;
  let kept = 0;
  for (let row = 0; row < count; row++) {
    let neighbour = -1;
    for (let entry = 0; entry < stated[row]; entry++) {
      const distance = reader.next();
      neighbour += distance + 1;
      if (distance < 0 || neighbour >= wholeItems) refuse(row, neighbour);
      const level = bytes[levelsAt + read++];
      if (level < 1 || level > NEIGHBOUR_LEVELS) refuse(row, `level ${level}`);
      if (neighbour >= items) continue;
      rows[kept] = neighbour;
      weights[kept++] = level * level * scale;
      counts[row]++;
    }
  }
  if (reader.position() !== levelsAt) refuse(count - 1, 'too short');
  return { firstRow, counts, rows: rows.slice(0, kept), weights: weights.slice(0, kept) };

  function refuse(row: number, value: unknown): never {
    const bound = `rows below ${wholeItems} at levels up to ${NEIGHBOUR_LEVELS}`;
    return refuseModel(`${name}: neighbours of row ${firstRow + row}`, bound, value);
  }
}
