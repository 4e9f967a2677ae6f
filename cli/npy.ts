/**
 * @module
 * Matrices as .npy files (float32 or float64, C order).
 */
import { readFile, writeFile } from 'node:fs/promises';
import { dump, parse, type NpyArray } from 'npyjs';
import { SottoError } from '../src/errors.ts';
import { unreadable } from './readers/openTable.ts';

export interface Matrix {
  rows: number;
  dim: number;
  /** Row-major. */
  values: Float32Array;
}

/** @throws {SottoError} `input-unreadable`; `not-finite` naming the row. */
export async function readMatrix(file: string): Promise<Matrix> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (cause) {
    throw unreadable(file, cause);
  }
  const array = parseNpy(file, bytes);
  const { shape, dtype, fortranOrder } = array;
  if (shape.length !== 2 || (dtype !== 'f4' && dtype !== 'f8') || fortranOrder) {
    throw new SottoError(
      'input-unreadable',
      `${file} must be a float32 or float64 matrix in C order but is ${dtype} of shape ` +
        `(${shape.join(', ')})${fortranOrder ? ' in Fortran order' : ''}`,
    );
  }
  const [rows, dim] = shape;
  const source = array.data as unknown as ArrayLike<number>;
  if (source.length !== rows * dim) {
    throw new SottoError(
      'input-unreadable',
      `${file} must hold ${rows} × ${dim} numbers but holds ${source.length}`,
    );
  }
  const values = Float32Array.from(source);
  for (let place = 0; place < values.length; place++) {
    if (!Number.isFinite(values[place])) {
      throw new SottoError(
        'not-finite',
        `${file} must hold finite numbers but row ${Math.floor(place / dim)} holds ` +
          `${source[place]} in column ${place % dim}`,
      );
    }
  }
  return { rows, dim, values };
}

export async function writeMatrix(file: string, { rows, dim, values }: Matrix): Promise<void> {
  await writeFile(file, Buffer.from(dump(values, [rows, dim])));
}

function parseNpy(file: string, bytes: Buffer): NpyArray {
  try {
    // A copy: the parser wants a buffer of its own, beginning at its first byte.
    return parse(new Uint8Array(bytes).buffer);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SottoError('input-unreadable', `${file} is not a readable .npy file: ${reason}`, {
      cause,
    });
  }
}
