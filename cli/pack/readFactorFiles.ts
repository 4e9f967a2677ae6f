/**
 * @module
 * Factors and ids from a file each, as `--factors`, `--ids` and `--user-factors` name them.
 */
import { SottoError } from '../../src/errors.ts';
import { readMatrix } from '../matrix.ts';
import { readIds } from '../readers/readIds.ts';
import { objectiveOf } from '../trainingOptions.ts';
import type { SourceArguments, TrainedFactors } from './types.ts';

/** @throws {SottoError} `invalid-argument`; as `readMatrix` and `readIds`. */
export async function readFactorFiles(given: SourceArguments): Promise<TrainedFactors> {
  const items = await readMatrix(required(given.factors, '--factors <file>'), {
    array: given.factorsArray ?? null,
    usualArray: 'item_factors',
    columns: given.factorsColumn ?? [],
  });
  const ids = await readIds(required(given.ids, '--ids <file>'), given.idColumn ?? []);
  const users = given.userFactors
    ? await readMatrix(given.userFactors, {
        array: null,
        usualArray: 'user_factors',
        columns: given.factorsColumn ?? [],
      })
    : null;
  return { ids, items, users, objective: objectiveOf(given) };
}

/** The parser cannot ask for these: with --from they are not needed. */
function required(value: string | undefined, flags: string): string {
  if (value !== undefined) return value;
  throw new SottoError('invalid-argument', `required option '${flags}' not specified`);
}
