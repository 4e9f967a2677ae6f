/**
 * @module
 * What `AlternatingLeastSquares.save` of the Python library implicit writes: an .npz that holds the
 * factors of both sides beside α and λ, so that nothing has to be said again.
 *
 * Its YᵀY is not among them, and is computed anew: in memory the GPU's version holds λ already, the
 * CPU's does not.
 */
import { SottoError } from '../../src/errors.ts';
import { bytesOf, readMatrix } from '../matrix.ts';
import type { MatrixNames } from '../matrixTypes.ts';
import { parseNpyScalar } from '../npy.ts';
import { arrayOfNpz, namesInNpz } from '../npz.ts';
import { readIds } from '../readers/readIds.ts';
import type { SourceArguments, TrainedFactors } from './types.ts';

/**
 * Without `--ids` an item is called by its row, which is what implicit knows it by.
 * @throws {SottoError} `input-unreadable`, `column-missing`, `not-finite`.
 */
export async function readImplicit(file: string, given: SourceArguments): Promise<TrainedFactors> {
  const bytes = await bytesOf(file);
  const names = namesInNpz(file, bytes);
  if (names.includes('learning_rate')) {
    // Its other models have item_factors too, but with a bias among the columns.
    throw new SottoError(
      'input-unreadable',
      `${file} must be a model of AlternatingLeastSquares but holds a learning_rate`,
    );
  }
  const constant = (name: string, option: string): number => {
    if (names.includes(name)) {
      return parseNpyScalar(...arrayOfNpz(file, bytes, { array: name, usualArray: name }));
    }
    throw new SottoError(
      'column-missing',
      `${file} must hold ${name}, or ${option} be given; its arrays are ${names.join(', ')}`,
    );
  };
  const items = await readMatrix(file, arrayNamed('item_factors'));
  const hasUsers = given.userFactors !== false && names.includes('user_factors');
  return {
    ids: given.ids
      ? await readIds(given.ids, given.idColumn ?? [])
      : Array.from({ length: items.rows }, (_, row) => String(row)),
    items,
    users: hasUsers ? await readMatrix(file, arrayNamed('user_factors')) : null,
    objective: {
      convention: 'implicit',
      // Old versions save none: there the caller multiplied.
      alpha: given.alpha ?? constant('alpha', '--alpha'),
      lambda: given.lambda ?? constant('regularization', '--lambda'),
    },
  };
}

function arrayNamed(array: string): MatrixNames {
  return { array, usualArray: array, columns: [] };
}
