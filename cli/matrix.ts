/**
 * @module
 * Factors from a file of any format that is read: .npy, .npz, Parquet.
 */
import { readFile } from 'node:fs/promises';
import { SottoError } from '../src/errors.ts';
import type { Matrix, MatrixNames, RawMatrix } from './matrixTypes.ts';
import { parseNpy } from './npy.ts';
import { arrayOfNpz } from './npz.ts';
import { readParquetMatrix } from './parquetMatrix.ts';
import { firstBytes, unreadable } from './readers/openTable.ts';

/**
 * Formats are told apart by their first bytes, not by the name.
 * @throws {SottoError} `input-unreadable`, `column-missing`; `not-finite` naming the row.
 */
export async function readMatrix(file: string, names: MatrixNames): Promise<Matrix> {
  const magic = await firstBytes(file);
  const raw =
    magic === 'PAR1'
      ? await readParquetMatrix(file, names.columns)
      : magic.startsWith('PK')
        ? parseNpy(...arrayOfNpz(file, await bytesOf(file), names))
        : parseNpy(file, await bytesOf(file));
  return finite(file, raw);
}

function finite(file: string, { rows, dim, values: source }: RawMatrix): Matrix {
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

/** @throws {SottoError} `input-unreadable`. */
export async function bytesOf(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw unreadable(file, cause);
  }
}
