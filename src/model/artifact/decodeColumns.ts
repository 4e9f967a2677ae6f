/**
 * @module
 * Shards of columnar JSON into whole columns; where a shard lacks a column, it holds null.
 */
import { shown } from '../../errors.ts';
import type { FileEntry } from './manifest.ts';
import { refuseModel } from './refuseModel.ts';

/** Each column takes memory for every item, however few of them it names. */
const MAX_COLUMNS = 256;

export function createColumnsDecoder(items: number) {
  // Without a prototype: a column may have any name, `__proto__` too.
  const columns = Object.create(null) as Record<string, unknown[]>;
  let count = 0;
  return {
    columns,
    /** @throws {SottoError} `manifest-invalid` unless every column has as many values as rows. */
    add({ name, rows, firstRow }: FileEntry, shard: unknown): void {
      if (typeof shard !== 'object' || shard === null || Array.isArray(shard)) {
        refuseModel(name, 'an object of columns', shard);
      }
      for (const [column, values] of Object.entries(shard)) {
        if (!Array.isArray(values) || values.length !== rows) {
          refuseModel(`${name}: column ${shown(column)}`, `an array of ${rows}`, values);
        }
        const whole = (columns[column] ??= newColumn());
        for (let row = 0; row < rows; row++) whole[firstRow + row] = values[row] as unknown;
      }
    },
  };

  function newColumn(): unknown[] {
    if (++count > MAX_COLUMNS) refuseModel('columns', `at most ${MAX_COLUMNS}`, count);
    return new Array<unknown>(items).fill(null);
  }
}
