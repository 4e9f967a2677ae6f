/**
 * @module
 * Item metadata from a file: every column beside the id, under its own name or, where it is what
 * lists understand, under theirs.
 */
import { SottoError } from '../../src/errors.ts';
import { MAX_ITEM_ID_LENGTH } from '../../src/events.ts';
import type { Catalogue } from '../../src/model/model.ts';
import { COLUMN_ALIASES, normalizeName, requireColumn } from './columns.ts';
import { listColumns } from './listColumns.ts';
import { openTable } from './openTable.ts';
import type { Table } from './table.ts';
import { readNumber } from './readNumber.ts';
import { readId, readText } from './values.ts';

export interface ItemsFile {
  /** By item id: a row of `columns`. */
  rows: ReadonlyMap<string, readonly unknown[]>;
  columns: readonly string[];
}

/** Columns whose type is fixed: what comes as text (CSV) is made into it. */
const TYPED_COLUMNS: Readonly<Record<string, (value: unknown) => unknown>> = {
  price: (value) => {
    const price = readNumber(value);
    return Number.isFinite(price) ? price : null;
  },
  categories: (value) => {
    if (Array.isArray(value)) return value.map(readText);
    const names = readText(value).split(/[|;]/);
    const categories = names.map((name) => name.trim()).filter((name) => name !== '');
    return categories.length > 0 ? categories : null;
  },
};

/**
 * @param idColumn - names of the id column; empty: the usual ones, `id` among them.
 * @param published - the columns to keep, by the file's names; all of them when absent.
 * @throws {SottoError} `input-unreadable`, `column-missing`.
 */
export async function readItems(
  file: string,
  idColumn: readonly string[],
  itemCase: 'keep' | 'upper' | 'lower',
  published?: readonly string[],
): Promise<ItemsFile> {
  const table = await openTable(file);
  const usual = [...COLUMN_ALIASES.item, 'id'];
  const known = table.columns.find((name) => usual.includes(normalizeName(name)));
  const named = idColumn.length > 0 ? idColumn : known === undefined ? [] : [known];
  const id = requireColumn(table, 'item', named, '--items-id-column');
  const own = (published ? publishedOf(table, published) : table.columns).filter(
    (name) => name !== id,
  );
  const renamed = listColumns(own);
  const columns = own.map((name) => renamed.get(name) ?? name);
  const rows = new Map<string, unknown[]>();
  for await (const batch of table.batches([id, ...own])) {
    for (let row = 0; row < batch.rows; row++) {
      const itemId = readId(batch.columns[id][row]);
      if (itemId === null) continue;
      const cased =
        itemCase === 'upper'
          ? itemId.toUpperCase()
          : itemCase === 'lower'
            ? itemId.toLowerCase()
            : itemId;
      rows.set(
        cased,
        own.map((name, index) => cell(columns[index], batch.columns[name][row])),
      );
    }
  }
  if (rows.size === 0) {
    throw new SottoError('no-rows', `${file} must hold at least 1 item but holds 0`);
  }
  return { rows, columns };
}

/** A cost price in the file is nobody's business: what is asked for must be there, and no more is. */
function publishedOf(table: Table, names: readonly string[]): string[] {
  return names.map((name) => {
    const found = table.columns.find((column) => normalizeName(column) === normalizeName(name));
    if (found !== undefined) return found;
    throw new SottoError(
      'column-missing',
      `${table.file} has no column ${name} (--items-columns); its columns are ` +
        table.columns.join(', '),
    );
  });
}

/** The columns of the file, and how many of `ids` it knows. */
export function coverageOf(
  items: ItemsFile,
  ids: readonly string[],
): { columns: string[]; known: number } {
  return {
    columns: [...items.columns],
    known: ids.filter((id) => items.rows.has(id)).length,
  };
}

/** The metadata of `ids`, by column, null where the file says nothing. */
export function catalogueOf(items: ItemsFile, ids: readonly string[]): Catalogue {
  return Object.fromEntries(
    items.columns.map((name, index) => [
      name,
      ids.map((id) => items.rows.get(id)?.[index] ?? null),
    ]),
  );
}

/**
 * The items of the file that are none of `ids`, in its order, and their metadata.
 * @param itemPattern - they must match it; null: any id.
 */
export function newItemsOf(
  items: ItemsFile,
  ids: readonly string[],
  itemPattern: RegExp | null,
): [ids: string[], metadata: Catalogue] {
  const known = new Set(ids);
  const fresh = [...items.rows.keys()].filter(
    (id) => !known.has(id) && id.length <= MAX_ITEM_ID_LENGTH && (itemPattern?.test(id) ?? true),
  );
  return [fresh, catalogueOf(items, fresh)];
}

/** A value that JSON can hold; null for what says nothing. */
function cell(column: string, value: unknown): unknown {
  if (value === null || value === undefined || value === '') return null;
  if (Object.hasOwn(TYPED_COLUMNS, column)) return TYPED_COLUMNS[column](value);
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number' && !Number.isFinite(value)) return null;
  return value;
}
