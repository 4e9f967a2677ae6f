import { describe, expect, it } from 'vitest';
import { atOnce } from '../steps.ts';
import type { ItemNeighbours } from '../model.ts';
import { seededRandom } from '../training/seededRandom.ts';
import { createNeighboursDecoder } from './decodeNeighbours.ts';
import { encodeNeighbours, quantizeNeighbours } from './encodeNeighbours.ts';
import type { FileEntry, Manifest } from './manifest.ts';
import { createVarintReader, writeVarint } from './varint.ts';

const ROWS = 700;

function randomNeighbours(): ItemNeighbours {
  const random = seededRandom(11);
  const starts = new Uint32Array(ROWS + 1);
  const rows: number[] = [];
  const weights: number[] = [];
  for (let row = 0; row < ROWS; row++) {
    for (let other = 0; other < ROWS; other++) {
      if (random() > 0.02) continue;
      rows.push(other);
      weights.push(random() ** 3 + 0.01);
    }
    starts[row + 1] = rows.length;
  }
  return { starts, rows: Int32Array.from(rows), weights: Float32Array.from(weights) };
}

const entry = (name: string, rows: number, firstRow: number): FileEntry => ({
  role: 'neighbours',
  name,
  bytes: 0,
  sha256: '',
  rows,
  firstRow,
});
const manifestOf = (items: number, scale: number, wholeItems = items) =>
  ({ items, wholeItems, neighbours: { scale } }) as Manifest;

const order = Int32Array.from({ length: ROWS }, (_, row) => (row * 37) % ROWS);
const given = randomNeighbours();
const quantized = quantizeNeighbours(given, order);
const shards = [
  [0, 256],
  [256, 700],
].map(([first, end]) => ({
  file: entry(`n${first}`, end - first, first),
  bytes: encodeNeighbours(quantized, first, end),
}));

describe('neighbours as bytes', () => {
  it('come back in the rows of the model, shard by shard, in any order', () => {
    const decoder = createNeighboursDecoder(manifestOf(ROWS, quantized.scale));
    for (const { file, bytes } of shards.toReversed()) decoder.add(file, bytes);
    const decoded = atOnce(decoder.finish());
    expect(decoded?.starts).toEqual(quantized.starts);
    expect(decoded?.rows).toEqual(quantized.rows);
    const largest = Math.max(...given.weights);
    for (let row = 0; row < ROWS; row++) {
      const item = order[row];
      const wanted = new Map<number, number>();
      for (let at = given.starts[item]; at < given.starts[item + 1]; at++) {
        wanted.set(given.rows[at], given.weights[at]);
      }
      for (let at = decoded?.starts[row] ?? 0; at < (decoded?.starts[row + 1] ?? 0); at++) {
        const weight = wanted.get(order[decoded?.rows[at] ?? -1]) ?? NaN;
        // Half a step of the root, at most.
        const off = Math.abs(Math.sqrt(decoded?.weights[at] ?? NaN) - Math.sqrt(weight));
        expect(off).toBeLessThan((0.51 * Math.sqrt(largest)) / 15);
      }
    }
  });

  it('leave out who is not there yet when only the first shards are', () => {
    const decoder = createNeighboursDecoder(manifestOf(256, quantized.scale, ROWS));
    decoder.add(shards[0].file, shards[0].bytes);
    const decoded = atOnce(decoder.finish());
    expect(decoded?.starts).toHaveLength(257);
    expect(Math.max(...(decoded?.rows ?? []))).toBeLessThan(256);
    const all = quantized.rows.subarray(0, quantized.starts[256]);
    expect(decoded?.rows).toHaveLength(all.filter((row) => row < 256).length);
  });

  it.each<[string, (bytes: Uint8Array) => Uint8Array<ArrayBuffer>]>([
    ['cut off', (bytes) => bytes.slice(0, bytes.length - 1)],
    ['too long', (bytes) => Uint8Array.from([...bytes, 1])],
    ['a level of 0', (bytes) => bytes.slice().fill(0, bytes.length - 1)],
    ['a level of 16', (bytes) => bytes.slice().fill(16, bytes.length - 1)],
    ['counts past the end', (bytes) => bytes.slice().fill(127, 0, 256)],
    ['numbers without an end', (bytes) => bytes.slice().fill(255, 0, 10)],
    ['empty', () => new Uint8Array()],
  ])('are refused: %s', (_, change) => {
    const decoder = createNeighboursDecoder(manifestOf(ROWS, quantized.scale));
    const { file, bytes } = shards[0];
    expect(() => decoder.add(file, change(bytes))).toThrow(
      /n0: neighbours of row \d+ must be rows below \d+ at levels up to 15 but is/,
    );
  });

  it('are refused when they are no rows of the model', () => {
    const decoder = createNeighboursDecoder(manifestOf(600, quantized.scale));
    expect(() => decoder.add(shards[0].file, shards[0].bytes)).toThrow(/must be rows below 600/);
  });

  it('are none where the manifest has none', () => {
    const without = { items: 5 };
    expect(atOnce(createNeighboursDecoder(without as Manifest).finish())).toBeNull();
  });
});

describe('varints', () => {
  it('come back, whatever their size', () => {
    const numbers = [0, 1, 127, 128, 300, 16_383, 16_384, 2 ** 31, 2 ** 32 - 1];
    const bytes: number[] = [];
    for (const number of numbers) writeVarint(number, bytes);
    const reader = createVarintReader(Uint8Array.from(bytes));
    expect(numbers.map(() => reader.next())).toEqual(numbers);
    expect(reader.position()).toBe(bytes.length);
    expect(reader.next()).toBe(-1);
  });
});
