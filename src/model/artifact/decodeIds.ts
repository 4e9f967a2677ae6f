/**
 * @module
 * Shards of ids into one array, and the row of each. The table grows with every shard, so that no
 * single step keeps the worker from answering.
 */
import { SottoError, shown } from '../../errors.ts';
import type { Model } from '../model.ts';
import type { FileEntry } from './manifest.ts';

export function createIdsDecoder(items: number) {
  const ids = new Array<string>(items);
  const rowOf = new Map<string, number>();
  return {
    /** @throws {SottoError} `manifest-invalid` unless the shard is as many texts as it has rows. */
    add({ name, rows, firstRow }: FileEntry, shard: unknown): void {
      if (!Array.isArray(shard) || shard.length !== rows) {
        throw new SottoError(
          'manifest-invalid',
          `${name}: ids must be an array of ${rows} but are ${shown(shard)}`,
        );
      }
      for (const [index, id] of (shard as unknown[]).entries()) {
        if (typeof id !== 'string') {
          throw new SottoError(
            'manifest-invalid',
            `${name}: ids must be texts but row ${index} is ${shown(id)}`,
          );
        }
        if (rowOf.has(id)) {
          throw new SottoError(
            'manifest-invalid',
            `${name}: ids must be distinct but ${shown(id)} comes twice`,
          );
        }
        ids[firstRow + index] = id;
        rowOf.set(id, firstRow + index);
      }
    },
    finish: (): Pick<Model, 'ids' | 'rowOf'> => ({ ids, rowOf }),
  };
}
