/**
 * @module
 * Item neighbours as bytes: how many each row has, then to whom (ascending, each as its distance
 * from the one before), then how much, in levels. Kept apart by kind, since brotli makes most of
 * what is alike; about ten bits a neighbour in all.
 */
import type { ItemNeighbours } from '../model.ts';
import { writeVarint } from './varint.ts';

/**
 * A weight is level² × scale, in four bits: most are small, and are told apart more finely.
 */
export const NEIGHBOUR_LEVELS = 15;

export interface QuantizedNeighbours {
  /** By source: row r holds entries `starts[r]` up to `starts[r + 1]`, rows ascending. */
  starts: Uint32Array;
  rows: Int32Array;
  levels: Uint8Array;
  /** A weight is level² × scale. */
  scale: number;
}

/**
 * @param order - the item of each row of the model. What rounds to nothing is left out.
 */
export function quantizeNeighbours(
  neighbours: ItemNeighbours,
  order: ArrayLike<number>,
): QuantizedNeighbours {
  const rowOf = new Int32Array(order.length);
  for (let row = 0; row < order.length; row++) rowOf[order[row]] = row;
  let largest = 0;
  for (const weight of neighbours.weights) largest = Math.max(largest, weight);
  const scale = largest > 0 ? largest / NEIGHBOUR_LEVELS ** 2 : 1;
  const starts = new Uint32Array(order.length + 1);
  const rows: number[] = [];
  const levels: number[] = [];
  for (let row = 0; row < order.length; row++) {
    const item = order[row];
    const entries: { row: number; level: number }[] = [];
    for (let at = neighbours.starts[item]; at < neighbours.starts[item + 1]; at++) {
      const level = Math.round(Math.sqrt(neighbours.weights[at] / scale));
      if (level > 0) entries.push({ row: rowOf[neighbours.rows[at]], level });
    }
    entries.sort((left, right) => left.row - right.row);
    for (const entry of entries) {
      rows.push(entry.row);
      levels.push(entry.level);
    }
    starts[row + 1] = rows.length;
  }
  return { starts, rows: Int32Array.from(rows), levels: Uint8Array.from(levels), scale };
}

/** The rows in [first, end) as one file. */
export function encodeNeighbours(
  { starts, rows, levels }: QuantizedNeighbours,
  first: number,
  end: number,
): Uint8Array<ArrayBuffer> {
  const counts: number[] = [];
  const distances: number[] = [];
  for (let row = first; row < end; row++) {
    writeVarint(starts[row + 1] - starts[row], counts);
    let before = -1;
    for (let at = starts[row]; at < starts[row + 1]; at++) {
      writeVarint(rows[at] - before - 1, distances);
      before = rows[at];
    }
  }
  const part = levels.subarray(starts[first], starts[end]);
  const bytes = new Uint8Array(counts.length + distances.length + part.length);
  bytes.set(counts);
  bytes.set(distances, counts.length);
  bytes.set(part, counts.length + distances.length);
  return bytes;
}
