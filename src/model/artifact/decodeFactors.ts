/**
 * @module
 * Shards of factors into their place: int8, rows × stride, each row padded with zeros.
 *
 * Norms are recomputed rather than believed: a block's bound that is too low, or blocks out of
 * order, would not fail but quietly leave out the best items.
 */
import { invalidArgument, loaded } from '../../errors.ts';
import { largestNorm } from '../largestNorm.ts';
import type { ItemFactors } from '../model.ts';
import { filesOf, type FileEntry, type Manifest } from './manifest.ts';
import { refuseModel } from './refuseModel.ts';

/** Bytes from one row of factors to the next: whole SIMD registers. */
export function factorStride(dim: number): number {
  return Math.ceil(dim / 16) * 16;
}

export interface FactorsDecoder {
  /** Where the file's bytes may be put as they are; undefined when rows are to be laid out anew. */
  placeOf: (file: FileEntry) => Uint8Array<ArrayBuffer> | undefined;
  add: (file: FileEntry, bytes: Uint8Array<ArrayBuffer>) => Promise<void>;
  finish: () => ItemFactors;
}

/**
 * @param target - rows × stride, zeroed.
 * @throws {SottoError} `manifest-invalid`, here or later, for norms that are not those of the rows.
 */
export function createFactorsDecoder(
  manifest: Manifest,
  target: Int8Array<ArrayBuffer>,
): FactorsDecoder {
  const { items: rows, dim, blockRows } = manifest;
  const { scale, kind } = manifest.quantization;
  const isCompact = kind === 'pq4';
  const stride = factorStride(dim);
  if (target.length !== rows * stride) {
    throw invalidArgument('target', `of length ${rows * stride}`, target.length);
  }
  for (const file of filesOf(manifest, 'factors')) {
    // Blocks are counted from the start of the model, so no shard may begin inside one.
    if (file.firstRow % blockRows !== 0) {
      refuseModel(`${file.name}: firstRow`, `a multiple of ${blockRows}`, file.firstRow);
    }
  }
  const blockNorms = new Float64Array(Math.ceil(rows / blockRows));

  return {
    placeOf: (file) =>
      stride === dim && !isCompact
        ? new Uint8Array(target.buffer, target.byteOffset + file.firstRow * dim, file.bytes)
        : undefined,

    async add(file, bytes) {
      const values = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
      const isInPlace =
        bytes.buffer === target.buffer &&
        bytes.byteOffset === target.byteOffset + file.firstRow * stride;
      if (isCompact) {
        // On its way since the codebooks' reader was asked for.
        const { fromPlanes } = await loaded(import('../seldom.ts'));
        fromPlanes(values, { dim, stride }, target, file.firstRow);
      } else if (!isInPlace) {
        for (let row = 0; row < file.rows; row++) {
          const from = row * dim;
          target.set(values.subarray(from, from + dim), (file.firstRow + row) * stride);
        }
      }
      for (const [index, stated] of (file.blockNorms ?? []).entries()) {
        const first = file.firstRow + index * blockRows;
        const end = Math.min(first + blockRows, file.firstRow + file.rows);
        const norm = largestNorm(target, first * stride, end * stride, stride) * scale;
        // Not `<`: a hair below is the rounding of whoever wrote it.
        if (!(stated >= norm * (1 - 1e-9))) {
          refuseModel(`${file.name}: blockNorms[${index}]`, `at least ${norm}`, stated);
        }
        blockNorms[first / blockRows] = norm;
      }
    },

    finish() {
      for (let block = 1; block < blockNorms.length; block++) {
        if (blockNorms[block] > blockNorms[block - 1]) {
          refuseModel(
            `norm of block ${block}`,
            `at most ${blockNorms[block - 1]}`,
            blockNorms[block],
          );
        }
      }
      return { rows, dim, stride, values: target, scale, basis: null, blockRows, blockNorms };
    },
  };
}
