/**
 * @module
 * What `ALSModel.save` of Spark MLlib writes: a folder with `itemFactors/` and `userFactors/`, each of
 * Parquet parts with columns `id` (a whole number) and `features` (a list).
 *
 * α and λ are the trainer's, and Spark does not save them with the model.
 */
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { SottoError } from '../../src/errors.ts';
import { readMatrix } from '../matrix.ts';
import type { Matrix } from '../matrixTypes.ts';
import { unreadable } from '../readers/openTable.ts';
import { readIds } from '../readers/readIds.ts';
import { objectiveOf } from '../trainingOptions.ts';
import type { SourceArguments, TrainedFactors } from './types.ts';

/**
 * @param path - the model's folder, its `itemFactors`, or one Parquet file of that form.
 * @throws {SottoError} `input-unreadable`, `column-missing`, `not-finite`; `invalid-argument` when
 *   `--ids` does not name an item.
 */
export async function readSpark(path: string, given: SourceArguments): Promise<TrainedFactors> {
  const inside = join(path, 'itemFactors');
  const folder = resolve((await exists(inside)) ? inside : path);
  const users = join(dirname(folder), 'userFactors');
  const usersKnown =
    given.userFactors !== false && basename(folder) === 'itemFactors' && (await exists(users));
  const { numbers, matrix } = await readFactors(folder);
  return {
    ids: given.ids ? named(numbers, await readIds(given.ids, given.idColumn ?? [])) : numbers,
    items: matrix,
    users: usersKnown ? (await readFactors(users)).matrix : null,
    objective: objectiveOf({ ...given, objective: 'spark' }),
  };
}

/** The number of an item is its place in `--ids`, as with the labels of a StringIndexer. */
function named(numbers: readonly string[], ids: readonly string[]): string[] {
  return numbers.map((number) => {
    if (Number(number) in ids) return ids[Number(number)];
    throw new SottoError(
      'invalid-argument',
      `--ids must name item ${number}, at place ${number} from 0, but names ${ids.length}`,
    );
  });
}

async function readFactors(path: string): Promise<{ numbers: string[]; matrix: Matrix }> {
  const numbers: string[] = [];
  const parts: Matrix[] = [];
  for (const part of await partsOf(path)) {
    const matrix = await readMatrix(part, { array: null, usualArray: '', columns: ['features'] });
    // Spark writes a part even where a partition holds nothing.
    if (matrix.rows === 0) continue;
    if (parts.length > 0 && matrix.dim !== parts[0].dim) {
      throw new SottoError(
        'input-unreadable',
        `${part} must hold ${parts[0].dim} factors a row, as the parts before, but holds ${matrix.dim}`,
      );
    }
    parts.push(matrix);
    numbers.push(...(await readIds(part, ['id'])));
  }
  if (parts.length === 0) {
    throw new SottoError('no-rows', `${path} must hold at least 1 row of factors but holds 0`);
  }
  const values = new Float32Array(numbers.length * parts[0].dim);
  let place = 0;
  for (const part of parts) {
    values.set(part.values, place);
    place += part.values.length;
  }
  return { numbers, matrix: { rows: numbers.length, dim: parts[0].dim, values } };
}

/** Names that begin with a dot or an underscore are Spark's own marks and checksums. */
async function partsOf(path: string): Promise<string[]> {
  try {
    if ((await stat(path)).isFile()) return [path];
    const names = (await readdir(path)).filter((name) => /^[^._].*\.parquet$/.test(name)).sort();
    return names.map((name) => join(path, name));
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
