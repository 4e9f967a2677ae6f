/**
 * @module
 * Opens a file as a Table: Parquet by its magic bytes, the rest by the end of its name.
 */
import { open } from 'node:fs/promises';
import { SottoError } from '../../src/errors.ts';
import { openCsv } from './csv.ts';
import { openJsonLines } from './jsonLines.ts';
import { openParquet } from './parquet.ts';
import type { Table } from './table.ts';

const CSV_END = /\.(csv|tsv|txt)$/i;
const JSON_LINES_END = /\.(jsonl|ndjson|json)$/i;
const PARQUET_END = /\.(parquet|pq)$/i;

/** @throws {SottoError} `input-unreadable` naming the file. */
export async function openTable(file: string): Promise<Table> {
  const head = await firstBytes(file);
  if (head === 'PAR1' || PARQUET_END.test(file)) return openParquet(file);
  if (JSON_LINES_END.test(file)) return openJsonLines(file);
  if (CSV_END.test(file)) return openCsv(file);
  throw new SottoError(
    'input-unreadable',
    `${file} must end in .parquet, .csv, .tsv, .jsonl, .ndjson or .json`,
  );
}

/** @throws {SottoError} `input-unreadable`, with what the system says of the file. */
export function unreadable(file: string, cause: unknown): SottoError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const code = (cause as NodeJS.ErrnoException).code;
  const why =
    code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : reason;
  return new SottoError('input-unreadable', `${file} cannot be read: ${why}`, { cause });
}

/** The four bytes that tell a format, as latin1. @throws {SottoError} `input-unreadable`. */
export async function firstBytes(file: string): Promise<string> {
  try {
    const handle = await open(file);
    try {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
      return buffer.toString('latin1', 0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (cause) {
    throw unreadable(file, cause);
  }
}
