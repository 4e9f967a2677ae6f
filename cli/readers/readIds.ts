/**
 * @module
 * Item ids in order, from a JSON array or from a column of a CSV, JSON Lines or Parquet file.
 */
import { readFile } from 'node:fs/promises';
import { SottoError, shown } from '../../src/errors.ts';
import { findColumn } from './columns.ts';
import { openTable, unreadable } from './openTable.ts';
import { readText } from './values.ts';

/**
 * @param named - names of the column; empty: one of the usual names, else the first column.
 * @throws {SottoError} `input-unreadable`, `column-missing`.
 */
export async function readIds(file: string, named: readonly string[]): Promise<string[]> {
  const ids = /\.json$/i.test(file) ? await fromJson(file) : await fromTable(file, named);
  const empty = ids.indexOf('');
  if (empty >= 0) {
    throw new SottoError(
      'input-unreadable',
      `${file} must name every item but row ${empty} is empty`,
    );
  }
  return ids;
}

async function fromJson(file: string): Promise<string[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw unreadable(file, cause);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new SottoError('input-unreadable', `${file} is not JSON: ${shown(text)}`, { cause });
  }
  if (!Array.isArray(value)) {
    throw new SottoError('input-unreadable', `${file} must be an array but is ${shown(value)}`);
  }
  return value.map(readText);
}

async function fromTable(file: string, named: readonly string[]): Promise<string[]> {
  const table = await openTable(file);
  const column = findColumn(table, 'item', named) ?? table.columns[0];
  const ids: string[] = [];
  for await (const batch of table.batches([column])) {
    for (let row = 0; row < batch.rows; row++) ids.push(readText(batch.columns[column][row]));
  }
  return ids;
}
