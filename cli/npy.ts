/**
 * @module
 * Matrices as .npy files (float32 or float64, C order).
 */
import { dump, parse, type NpyArray } from 'npyjs';
import { SottoError } from '../src/errors.ts';
import type { Matrix, RawMatrix } from './matrixTypes.ts';

/**
 * @param name - of the file, for messages.
 * @throws {SottoError} `input-unreadable`.
 */
export function parseNpy(name: string, bytes: Uint8Array): RawMatrix {
  const { shape, dtype, fortranOrder, data } = parseAny(name, bytes);
  if (shape.length !== 2 || (dtype !== 'f4' && dtype !== 'f8') || fortranOrder) {
    throw new SottoError(
      'input-unreadable',
      `${name} must be a float32 or float64 matrix in C order but is ${dtype} of shape ` +
        `(${shape.join(', ')})${fortranOrder ? ' in Fortran order' : ''}`,
    );
  }
  const [rows, dim] = shape;
  const values = data as unknown as ArrayLike<number>;
  if (values.length !== rows * dim) {
    throw new SottoError(
      'input-unreadable',
      `${name} must hold ${rows} × ${dim} numbers but holds ${values.length}`,
    );
  }
  return { rows, dim, values };
}

/**
 * One number that was saved as an array without dimensions.
 * @param name - of the array, for messages.
 * @throws {SottoError} `input-unreadable`.
 */
export function parseNpyScalar(name: string, bytes: Uint8Array): number {
  const { shape, dtype, data } = parseAny(name, bytes);
  const value = (data as unknown as ArrayLike<unknown>)[0];
  const number = typeof value === 'bigint' ? Number(value) : value;
  if (shape.length > 0 || typeof number !== 'number') {
    throw new SottoError(
      'input-unreadable',
      `${name} must be one number but is ${dtype} of shape (${shape.join(', ')})`,
    );
  }
  return number;
}

export function npyOf({ rows, dim, values }: Matrix): Uint8Array {
  return Buffer.from(dump(values, [rows, dim]));
}

function parseAny(name: string, bytes: Uint8Array): NpyArray {
  try {
    // A copy: the parser wants a buffer of its own, beginning at its first byte.
    return parse(new Uint8Array(bytes).buffer);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SottoError('input-unreadable', `${name} is not a readable .npy file: ${reason}`, {
      cause,
    });
  }
}
