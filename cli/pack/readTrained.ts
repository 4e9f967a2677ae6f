/**
 * @module
 * Factors from wherever the command line says: files of the usual formats, or another program's own.
 */
import { SottoError } from '../../src/errors.ts';
import { readFactorFiles } from './readFactorFiles.ts';
import { readImplicit } from './readImplicit.ts';
import { readSpark } from './readSpark.ts';
import type { SourceArguments, TrainedFactors } from './types.ts';

const READERS = { implicit: readImplicit, spark: readSpark };

/**
 * @param saved - with `--from`, what that program saved.
 * @param objectiveChosen - whether `--objective` stands on the command line.
 * @throws {SottoError} `invalid-argument` when the arguments disagree; as the readers.
 */
export async function readTrained(
  saved: string | undefined,
  given: SourceArguments,
  objectiveChosen: boolean,
): Promise<TrainedFactors> {
  refuseContradictions(saved, given, objectiveChosen);
  const { from } = given;
  const trained =
    from === undefined || saved === undefined
      ? await readFactorFiles(given)
      : await READERS[from](saved, given);
  const { ids, items, users } = trained;
  const [factors, others] = from ? [saved, `${saved}, users,`] : ['--factors', '--user-factors'];
  if (ids.length !== items.rows) {
    throw new SottoError(
      'invalid-argument',
      `--ids must name ${items.rows} items, one a row of ${factors}, but names ${ids.length}`,
    );
  }
  if (users && users.dim !== items.dim) {
    throw new SottoError(
      'invalid-argument',
      `${others} must have ${items.dim} columns like ${from ? 'items' : factors} but has ${users.dim}`,
    );
  }
  return trained;
}

function refuseContradictions(
  saved: string | undefined,
  { from, factors, objective, userFactors }: SourceArguments,
  objectiveChosen: boolean,
): void {
  const refuse = (sentence: string): never => {
    throw new SottoError('invalid-argument', sentence);
  };
  if (from === undefined) {
    if (saved !== undefined) refuse(`--from must say which program saved ${saved}`);
    return;
  }
  if (saved === undefined) refuse(`--from ${from} must be followed by what was saved`);
  if (factors !== undefined) refuse(`--factors must not be given beside --from ${from}`);
  if (typeof userFactors === 'string') {
    refuse(`--user-factors must not be given beside --from ${from}, which has its own`);
  }
  if (objectiveChosen && objective !== from) {
    refuse(`--objective must be ${from} with --from ${from} but got "${objective}"`);
  }
}
