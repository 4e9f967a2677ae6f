/**
 * @module
 * CSV files with a header line, streamed. The separator (comma, semicolon, tab) is the one that the
 * header holds most of; every value is text.
 */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { parse } from 'csv-parse';
import { SottoError } from '../../src/errors.ts';
import { BATCH_ROWS, type Batch, type Table } from './table.ts';

const HEADER_BYTES = 65_536;

/** @throws {SottoError} `input-unreadable` naming the line. */
export async function openCsv(file: string): Promise<Table> {
  const delimiter = await findDelimiter(file);
  const options = { bom: true, delimiter, skip_empty_lines: true, relax_column_count_less: true };
  const rows = (from: number): AsyncIterable<string[]> =>
    createReadStream(file).pipe(parse({ ...options, from }));

  let columns: string[] = [];
  for await (const row of readable(file, rows(1))) {
    columns = row.map((name) => name.trim());
    break;
  }
  if (columns.length === 0) {
    throw new SottoError('input-unreadable', `${file} must begin with a header line but is empty`);
  }
  return {
    file,
    columns,
    totalRows: null,
    async *batches(wanted): AsyncIterable<Batch> {
      const places = wanted.map((name) => columns.indexOf(name));
      let pending: string[][] = [];
      const batch = (): Batch => {
        const full: Batch = { rows: pending.length, columns: {} };
        for (const [index, name] of wanted.entries()) {
          full.columns[name] = pending.map((row) => row[places[index]]);
        }
        pending = [];
        return full;
      };
      for await (const row of readable(file, rows(2))) {
        pending.push(row);
        if (pending.length === BATCH_ROWS) yield batch();
      }
      if (pending.length > 0) yield batch();
    },
  };
}

async function* readable<T>(file: string, rows: AsyncIterable<T>): AsyncIterable<T> {
  try {
    yield* rows;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SottoError('input-unreadable', `${file} is not a readable CSV file: ${reason}`, {
      cause,
    });
  }
}

async function findDelimiter(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
    const header = decoded(file, buffer.subarray(0, bytesRead)).split('\n', 1)[0];
    const count = (delimiter: string): number => header.split(delimiter).length;
    return [',', ';', '\t'].reduce((best, next) => (count(next) > count(best) ? next : best));
  } finally {
    await handle.close();
  }
}

/** Spreadsheets save other encodings too: its umlauts would end up as question marks in every list. */
function decoded(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch (cause) {
    throw new SottoError(
      'input-unreadable',
      `${file} must be UTF-8: save it so, or run iconv -f windows-1252 -t utf-8`,
      { cause },
    );
  }
}
