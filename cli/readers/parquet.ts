/**
 * @module
 * Parquet files, one row group and one column at a time.
 */
import { asyncBufferFromFile, parquetMetadataAsync, parquetScan, parquetSchema } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { SottoError } from '../../src/errors.ts';
import type { Batch, Table } from './table.ts';

/** @throws {SottoError} `input-unreadable` when the file is not Parquet, or damaged. */
export async function openParquet(file: string): Promise<Table> {
  const { buffer, metadata } = await readable(file, async () => {
    const buffer = await asyncBufferFromFile(file);
    return { buffer, metadata: await parquetMetadataAsync(buffer) };
  });
  const columns = parquetSchema(metadata).children.map((child) => child.element.name);
  return {
    file,
    columns,
    totalRows: Number(metadata.num_rows),
    async *batches(wanted): AsyncIterable<Batch> {
      if (metadata.num_rows === 0n) return;
      const options = { file: buffer, metadata, compressors, columns: [...wanted] };
      const scan = await readable(file, () => parquetScan(options));
      for (const { rowStart, rowEnd } of scan.ranges) {
        const batch: Batch = { rows: rowEnd - rowStart, columns: {} };
        for (const column of wanted) {
          batch.columns[column] = await readable(file, () =>
            scan.readColumn({ column, rowStart, rowEnd }),
          );
        }
        yield batch;
      }
    },
  };
}

async function readable<T>(file: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SottoError('input-unreadable', `${file} is not a readable Parquet file: ${reason}`, {
      cause,
    });
  }
}
