/**
 * @module
 * Shards of ids into one array, and the row of each. The table grows with every shard, so that no
 * single step keeps the worker from answering.
 */
import type { Model } from '../model.ts';
import { createRowIndex } from './rowIndex.ts';
import type { FileEntry } from './manifest.ts';
import { refuseModel } from './refuseModel.ts';

export function createIdsDecoder(items: number) {
  const ids = new Array<string>(items);
  const rows = createRowIndex(ids, items);
  return {
    /** @throws {SottoError} `manifest-invalid` unless the shard is as many texts as it has rows. */
    add({ name, rows: count, firstRow }: FileEntry, shard: unknown): void {
      if (!Array.isArray(shard) || shard.length !== count) {
        refuseModel(`${name}: ids`, `an array of ${count}`, shard);
      }
      for (const [index, id] of (shard as unknown[]).entries()) {
        if (typeof id !== 'string') refuseModel(`${name}: ids[${index}]`, 'a text', id);
        ids[firstRow + index] = id;
        if (!rows.add(firstRow + index)) refuseModel(`${name}: ids[${index}]`, 'a new id', id);
      }
    },
    finish: (): Pick<Model, 'ids' | 'rowOf'> => ({ ids, rowOf: rows.index }),
  };
}
