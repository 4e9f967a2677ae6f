/**
 * @module
 * Item factors on the GPU, in the order that the scan reads them: tiles of 256 rows, and in each
 * tile the first 16 bytes of every row, then the second. Neighbouring threads hold neighbouring
 * rows, so what they read at once lies side by side.
 */
import type { ItemFactors } from '../../model.ts';
import { GROUP_ROWS, GROUP_THREADS } from './shaders.ts';

/** int32 in one part of a row. */
const PART_WORDS = 4;

/** Bytes of the buffer: whole groups of rows. */
export function tilesBytes({ rows, stride }: ItemFactors): number {
  return Math.ceil(rows / GROUP_ROWS) * GROUP_ROWS * stride;
}

/** @param buffer - of `tilesBytes`. Rows past the last stay zero. */
export function uploadTiles(device: GPUDevice, buffer: GPUBuffer, factors: ItemFactors): void {
  const { rows, stride } = factors;
  const rowWords = stride / 4;
  // A group at a time: the model is never held twice.
  const group = new Int32Array(GROUP_ROWS * rowWords);
  for (let first = 0; first < rows; first += GROUP_ROWS) {
    const last = Math.min(first + GROUP_ROWS, rows);
    const bytes = factors.values.subarray(first * stride, last * stride);
    const words = wordsOf(bytes);
    if (last - first < GROUP_ROWS) group.fill(0);
    for (let row = 0; row < last - first; row++) {
      const tile = row - (row % GROUP_THREADS);
      let to = tile * rowWords + (row - tile) * PART_WORDS;
      for (let from = row * rowWords; from < (row + 1) * rowWords; from += PART_WORDS) {
        group[to] = words[from];
        group[to + 1] = words[from + 1];
        group[to + 2] = words[from + 2];
        group[to + 3] = words[from + 3];
        to += GROUP_THREADS * PART_WORDS;
      }
    }
    device.queue.writeBuffer(buffer, first * stride, group);
  }
}

function wordsOf(bytes: Int8Array): Int32Array {
  // A view must begin at a multiple of four.
  const { buffer, byteOffset, length } = byteOffsetIsWhole(bytes) ? bytes : bytes.slice();
  return new Int32Array(buffer, byteOffset, length / 4);
}

function byteOffsetIsWhole({ byteOffset }: Int8Array): boolean {
  return byteOffset % 4 === 0;
}

/** The largest norm in each group of rows, in int8 units, as float32 rounded up. */
export function groupNorms({ rows, scale, blockRows, blockNorms }: ItemFactors): Float32Array {
  const norms = new Float32Array(Math.ceil(rows / GROUP_ROWS));
  for (const [block, norm] of blockNorms.entries()) {
    // A block may reach into the group after the one it begins in.
    const first = Math.floor((block * blockRows) / GROUP_ROWS);
    const last = Math.floor((Math.min((block + 1) * blockRows, rows) - 1) / GROUP_ROWS);
    for (let group = first; group <= last; group++) {
      norms[group] = Math.max(norms[group], (norm / scale) * FLOAT32_SLACK);
    }
  }
  return norms;
}

/** More than the rounding of a float32, several times over. */
export const FLOAT32_SLACK = 1 + 1e-6;
