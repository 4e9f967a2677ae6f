/**
 * @module
 * recount: a model whose statistics are counted anew, everything else as it is. Visitors who have the
 * model download its manifest and these files.
 */
import { createFileSet, type EncodedFile } from './fileSet.ts';
import { eachOf, jsonBytes } from './json.ts';
import type { Manifest } from './manifest.ts';

export interface Recounted {
  manifest: Manifest;
  /** Those of the manifest's files that may not have been there. */
  files: EncodedFile[];
}

export interface NewCounts {
  /** By row of the model, as in `StatisticsColumns`. */
  columns: Readonly<Record<string, readonly unknown[]>>;
  /** ISO 8601, UTC; absent: they have no times. */
  countedAt?: string;
  /** The file `segments` as it is to be; absent: as it is. */
  segments?: unknown;
}

export async function recount(
  manifest: Manifest,
  { columns, countedAt, segments }: NewCounts,
): Promise<Recounted> {
  const set = createFileSet();
  for (const entry of manifest.files) {
    const { role, firstRow, rows } = entry;
    if (role === 'statistics') {
      const shard = eachOf(columns, (column) => column.slice(firstRow, firstRow + rows));
      await set.add(role, jsonBytes(shard), [firstRow, rows]);
    } else if (role === 'segments' && segments !== undefined) {
      await set.add(role, jsonBytes(segments), [firstRow, rows]);
    } else {
      set.keep(entry);
    }
  }
  const { countedAt: _, ...rest } = manifest;
  return {
    manifest: {
      ...rest,
      ...(countedAt === undefined ? {} : { countedAt }),
      modelId: await set.modelId(),
      files: set.entries,
    },
    files: set.files(),
  };
}
