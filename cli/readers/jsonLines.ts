/**
 * @module
 * JSON Lines: one object a line, streamed. The columns are the keys of the first thousand objects.
 * A file that is one JSON array of objects is read too, as a whole.
 */
import { createReadStream } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { SottoError, shown } from '../../src/errors.ts';
import { BATCH_ROWS, type Batch, type Table } from './table.ts';

const ROWS_LOOKED_AT = 1000;

/** @throws {SottoError} `input-unreadable` naming the line. */
export async function openJsonLines(file: string): Promise<Table> {
  const columns = new Set<string>();
  let looked = 0;
  for await (const row of objects(file)) {
    for (const key of Object.keys(row)) columns.add(key);
    if (++looked === ROWS_LOOKED_AT) break;
  }
  return {
    file,
    columns: [...columns],
    totalRows: null,
    async *batches(wanted): AsyncIterable<Batch> {
      let pending: Record<string, unknown>[] = [];
      const batch = (): Batch => {
        const full: Batch = { rows: pending.length, columns: {} };
        for (const name of wanted) full.columns[name] = pending.map((row) => row[name]);
        pending = [];
        return full;
      };
      for await (const row of objects(file)) {
        pending.push(row);
        if (pending.length === BATCH_ROWS) yield batch();
      }
      if (pending.length > 0) yield batch();
    },
  };
}

/** @throws {SottoError} `input-unreadable` naming the file, or the line. */
export async function* objects(file: string): AsyncIterable<Record<string, unknown>> {
  if (/^\uFEFF?\s*\[/.test(await beginning(file))) {
    yield* await array(file);
    return;
  }
  const input = createReadStream(file, 'utf8');
  let number = 0;
  try {
    for await (const line of createInterface({ input, crlfDelay: Infinity })) {
      number++;
      // Trimmed: what some editors put before the first line is white space, and not JSON.
      const text = line.trim();
      if (text !== '') yield parseLine(file, number, text);
    }
  } finally {
    input.destroy();
  }
}

async function beginning(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(64), 0, 64, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function array(file: string): Promise<Record<string, unknown>[]> {
  const text = (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SottoError('input-unreadable', `${file} is not a JSON array: ${reason}`, { cause });
  }
  return (value as unknown[]).map((entry, index) => asObject(file, `entry ${index}`, entry));
}

function parseLine(file: string, number: number, line: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new SottoError('input-unreadable', `${file} line ${number} is not JSON: ${shown(line)}`, {
      cause,
    });
  }
  return asObject(file, `line ${number}`, value);
}

function asObject(file: string, place: string, value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SottoError(
      'input-unreadable',
      `${file} ${place} must be a JSON object but is ${shown(value)}`,
    );
  }
  return value as Record<string, unknown>;
}
