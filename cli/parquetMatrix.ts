/**
 * @module
 * Factors from Parquet: one column of lists (as Spark's `itemFactors.features`), or a column for
 * each factor.
 */
import { SottoError, shown } from '../src/errors.ts';
import type { RawMatrix } from './matrixTypes.ts';
import { COLUMN_ALIASES, normalizeName } from './readers/columns.ts';
import { openTable } from './readers/openTable.ts';

/** @throws {SottoError} `input-unreadable`, `column-missing`. */
export async function readParquetMatrix(
  file: string,
  named: readonly string[],
): Promise<RawMatrix> {
  const table = await openTable(file);
  for (const name of named) {
    if (table.columns.includes(name)) continue;
    const known = table.columns.join(', ');
    throw new SottoError(
      'column-missing',
      `${file} has no column ${name}; its columns are ${known}`,
    );
  }
  const isId = (name: string): boolean =>
    (COLUMN_ALIASES.item as readonly string[]).includes(normalizeName(name)) ||
    normalizeName(name) === 'id';
  let columns = named.length > 0 ? named : table.columns.filter((name) => !isId(name));
  const values: number[][] = [];
  for await (const batch of table.batches(columns)) {
    if (values.length === 0 && named.length === 0) {
      const lists = columns.filter((name) => isList(batch.columns[name][0]));
      if (lists.length > 0) columns = lists;
    }
    for (let row = 0; row < batch.rows; row++) {
      values.push(columns.flatMap((name) => numbersIn(batch.columns[name][row])));
    }
  }
  const dim = values[0]?.length ?? 0;
  const flat = new Float64Array(values.length * dim);
  for (const [row, numbers] of values.entries()) {
    if (dim === 0 || numbers.length !== dim) {
      throw new SottoError(
        'input-unreadable',
        `${file} must hold ${dim || 'some'} factors in every row but row ${row} holds ${numbers.length}`,
      );
    }
    flat.set(numbers, row * dim);
  }
  return { rows: values.length, dim, values: flat };

  function numbersIn(value: unknown): number[] {
    if (isList(value)) return Array.from(value, (one) => number(one));
    return [number(value)];
  }

  function number(value: unknown): number {
    if (typeof value === 'number') return value;
    if (typeof value === 'bigint') return Number(value);
    throw new SottoError(
      'input-unreadable',
      `${file} must hold numbers in ${columns.join(', ')} but row ${values.length} holds ${shown(value)}`,
    );
  }
}

function isList(value: unknown): value is ArrayLike<unknown> & Iterable<unknown> {
  return Array.isArray(value) || ArrayBuffer.isView(value);
}
