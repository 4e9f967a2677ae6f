/**
 * @module
 * Which column of a table plays which part: named by the caller, or found among the usual names.
 */
import { SottoError } from '../../src/errors.ts';
import type { Table } from './table.ts';

/** The usual names, compared without case, spaces and punctuation. First come, first taken. */
export const COLUMN_ALIASES = {
  user: [
    ...['userid', 'user', 'customerid', 'customer', 'visitorid', 'visitor', 'uid', 'memberid'],
    ...['customerno', 'customernumber', 'clientid', 'customeremail', 'billingemail', 'email'],
  ],
  item: [
    ...['itemid', 'item', 'productid', 'product', 'stockcode', 'sku', 'articleid', 'asin'],
    ...['itemsku', 'productsku', 'lineitemsku', 'variantsku', 'articleno', 'articlenumber'],
  ],
  time: [
    ...['timestamp', 'time', 'datetime', 'date', 'invoicedate', 'orderdate', 'eventtime', 'ts'],
    ...['createdat', 'datecreated', 'orderedat', 'purchasedate', 'purchasedat'],
  ],
  order: [
    ...['invoice', 'invoiceno', 'invoiceid', 'orderid', 'orderno', 'order', 'transactionid'],
    'ordernumber',
  ],
  action: ['action', 'event', 'eventtype', 'behavior', 'behaviour'],
  quantity: ['quantity', 'qty', 'lineitemquantity'],
  price: ['price', 'unitprice', 'lineitemprice', 'itemprice'],
  // Looked for where nothing is published; "name" may be the customer's.
  title: ['title', 'itemtitle', 'producttitle', 'itemname', 'productname', 'description'],
  // Never taken unless asked for: it may be the parcel's.
  weight: [],
  segment: [],
} as const satisfies Record<string, readonly string[]>;

export type ColumnRole = keyof typeof COLUMN_ALIASES;

export function normalizeName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/**
 * @param named - the caller's names for the part; a table must hold at least one of them. Empty:
 *   look among the usual names. `none`: do not look.
 * @param option - what it is named by, for the message.
 * @returns the table's own name of the column; null when nothing was named and none found.
 * @throws {SottoError} `column-missing` naming the option, the file and its columns.
 */
export function findColumn(
  table: Table,
  role: ColumnRole,
  named: readonly string[],
  option = optionOf(role),
): string | null {
  for (const name of named) if (table.columns.includes(name)) return name;
  if (named.length === 1 && named[0] === 'none') return null;
  const wanted = named.length > 0 ? named.map(normalizeName) : COLUMN_ALIASES[role];
  for (const alias of wanted) {
    const found = table.columns.find((column) => normalizeName(column) === alias);
    if (found !== undefined) return found;
  }
  if (named.length > 0) throw missing(table, named.join(' or '), option);
  return null;
}

/** As `findColumn`, for a part that no table can do without. */
export function requireColumn(
  table: Table,
  role: ColumnRole,
  named: readonly string[],
  option?: string,
): string {
  const found = findColumn(table, role, named, option);
  if (found === null) throw missing(table, `of ${role}s`, option ?? optionOf(role));
  return found;
}

function optionOf(role: ColumnRole): string {
  return `--${role}-column`;
}

function missing(table: Table, what: string, option: string): SottoError {
  return new SottoError(
    'column-missing',
    `${table.file} has no column ${what} (${option}); its columns are ` +
      (table.columns.join(', ') || 'none'),
  );
}
