/**
 * @module
 * Interactions from files: opens each, finds its columns, cleans row by row, joins them all.
 * Every row left out is counted under the rule that left it out.
 */
import { SottoError } from '../../src/errors.ts';
import type { ActionWeights } from '../../src/events.ts';
import type { Interactions } from '../../src/model/interactions.ts';
import { cleanRows, type CleaningRules, type CleanRow, type DropReason } from './cleaning.ts';
import { findColumn, normalizeName, requireColumn, type ColumnRole } from './columns.ts';
import { compact } from './compact.ts';
import { growableFloat32, growableFloat64, growableInt32, Interner } from './growable.ts';
import { ItemDetails } from './itemDetails.ts';
import { MostFrequent } from './mostFrequent.ts';
import { openTable } from './openTable.ts';
import { exampleOf, noRows, type ReadReport } from './readReport.ts';
import type { Table } from './table.ts';
import { readText, type DateOrder } from './values.ts';

export interface ReadOptions {
  /** Column names by part; a part without names is looked for among the usual ones. */
  columns: Partial<Record<ColumnRole, readonly string[]>>;
  itemPattern: RegExp | null;
  itemCase: 'keep' | 'upper' | 'lower';
  /** null: no order is cancelled. 'auto': `CANCELLED_INVOICE` in columns of invoices. */
  dropOrder: RegExp | null | 'auto';
  minUserEvents: number;
  minItemEvents: number;
  actionWeights: ActionWeights;
  /** Of dates that begin with day or month, such as 09/12/2011. */
  dateOrder?: DateOrder | null;
  /** Milliseconds since the epoch: later rows are left out. A day from now when absent. */
  latestMs?: number;
  /** `found`: titles and prices are taken from columns of the usual names too, not only from named ones. */
  details?: 'named' | 'found';
  /** Rows read so far and, where known, of how many. */
  onRows?: (rows: number, totalRows: number | null) => void;
}

export interface ReadResult {
  interactions: Interactions;
  report: ReadReport;
  /** By item index; null where no title or price column was named. */
  titles: (string | null)[] | null;
  prices: (number | null)[] | null;
  /** By user index; null where no segment column was named. */
  segments: (string | null)[] | null;
  /** Rows differ in weight: a weight or an action column was read. */
  weighted: boolean;
}

/** Invoices beginning with C are cancellations, with A adjustments, where invoices are numbers. */
const CANCELLED_INVOICE = /^[CA]/;

/** `order × ORDER_FACTOR + item` stays exact below 2^53. */
const ORDER_FACTOR = 2 ** 24;

/** Local times are read as UTC, and clocks go wrong. */
const CLOCK_LEEWAY_MS = 86_400_000;

/**
 * @throws {SottoError} `input-unreadable`, `column-missing`; `no-rows` when none is left.
 */
export async function readInteractions(
  files: readonly string[],
  options: ReadOptions,
): Promise<ReadResult> {
  const tables: { table: Table; names: Partial<Record<ColumnRole, string>> }[] = [];
  for (const file of files) {
    const table = await openTable(file);
    tables.push({ table, names: columnNames(table, options) });
  }
  const timed = requireTimeInAllOrNone(tables);

  const userIds = new Interner();
  const itemIds = new Interner();
  const orders = new Interner();
  const seen = new Set<number>();
  const users = growableInt32();
  const items = growableInt32();
  const weights = growableFloat32();
  const timestamps = growableFloat64();
  const details = new ItemDetails();
  const userSegments = new MostFrequent();
  const wants = (role: 'title' | 'price'): boolean =>
    (options.columns[role]?.length ?? 0) > 0 ||
    (options.details === 'found' && tables.some(({ names }) => names[role] !== undefined));
  const wantsTitle = wants('title');
  const wantsPrice = wants('price');
  const report: ReadReport = { files: [], rows: 0, kept: 0, dropped: {}, examples: {} };
  const drop = (reason: DropReason, rows: number): void => {
    if (rows > 0) report.dropped[reason] = (report.dropped[reason] ?? 0) + rows;
  };
  const totalRows = sumOrNull(tables.map(({ table }) => table.totalRows));
  const { latestMs = Date.now() + CLOCK_LEEWAY_MS } = options;
  const row: CleanRow = { user: '', item: '', order: null, timestampMs: NaN, weight: 0 };

  for (const { table, names } of tables) {
    const fileReport = { file: table.file, rows: 0, columns: names };
    report.files.push(fileReport);
    const dropOrder = dropRule(options.dropOrder, names);
    const rules: CleaningRules = { ...options, dropOrder, latestMs };
    for await (const batch of table.batches(Object.values(names))) {
      const read = cleanRows(batch, names, rules);
      const titles = wantsTitle && names.title ? batch.columns[names.title] : null;
      const segments = names.segment ? batch.columns[names.segment] : null;
      const prices = wantsPrice && names.price ? batch.columns[names.price] : null;
      for (let index = 0; index < batch.rows; index++) {
        const reason = read(index, row);
        if (reason !== null) {
          drop(reason, 1);
          const example = exampleOf(reason, batch, names, index);
          if (example !== null) report.examples[reason] ??= example;
          continue;
        }
        const item = itemIds.index(row.item);
        if (row.order !== null && row.order !== '') {
          const line = orders.index(row.order) * ORDER_FACTOR + item;
          if (seen.has(line)) {
            drop('seen before', 1);
            continue;
          }
          seen.add(line);
        }
        const user = userIds.index(row.user);
        users.push(user);
        if (segments) userSegments.add(user, readText(segments[index]));
        items.push(item);
        weights.push(row.weight);
        if (timed) timestamps.push(row.timestampMs);
        if (titles || prices) {
          details.add(item, row.timestampMs, titles?.[index], prices?.[index]);
        }
      }
      fileReport.rows += batch.rows;
      report.rows += batch.rows;
      options.onRows?.(report.rows, totalRows);
    }
  }

  const compacted = compact(
    {
      userIds: userIds.texts,
      itemIds: itemIds.texts,
      users: users.values,
      items: items.values,
      weights: weights.values,
      timestamps: timed ? timestamps.values : null,
    },
    options.minUserEvents,
    options.minItemEvents,
  );
  drop('too few events', compacted.dropped);
  report.kept = compacted.interactions.users.length;
  if (report.kept === 0) throw noRows(report);
  const oldItems = Array.from(compacted.items);
  return {
    interactions: compacted.interactions,
    report,
    titles: wantsTitle ? oldItems.map((item) => details.title(item)) : null,
    prices: wantsPrice ? oldItems.map((item) => details.price(item)) : null,
    segments: tables.some(({ names }) => names.segment !== undefined)
      ? Array.from(compacted.users, (user) => userSegments.of(user))
      : null,
    weighted: tables.some(({ names }) => names.weight !== undefined || names.action !== undefined),
  };
}

function columnNames(
  table: Table,
  { columns: named, details }: ReadOptions,
): Partial<Record<ColumnRole, string>> {
  const names: Partial<Record<ColumnRole, string>> = {
    user: requireColumn(table, 'user', named.user ?? []),
    item: requireColumn(table, 'item', named.item ?? []),
  };
  const optional = [
    'time',
    'order',
    'action',
    'weight',
    'quantity',
    'price',
    'title',
    'segment',
  ] as const;
  for (const role of optional) {
    if (role === 'title' && !named.title && details !== 'found') continue;
    const name = findColumn(table, role, named[role] ?? []);
    if (name !== null) names[role] = name;
  }
  return names;
}

/** Half of the rows without a time would make "the last 60 days" mean nothing. */
function requireTimeInAllOrNone(
  tables: readonly { table: Table; names: Partial<Record<ColumnRole, string>> }[],
): boolean {
  const without = tables.find(({ names }) => names.time === undefined);
  const timed = tables.find(({ names }) => names.time !== undefined);
  if (without && timed) {
    throw new SottoError(
      'column-missing',
      `${without.table.file} has no column of times (--time-column) but ${timed.table.file} has ` +
        `${timed.names.time}; its columns are ${without.table.columns.join(', ')}`,
    );
  }
  return timed !== undefined;
}

/** Order numbers of other shops may well begin with a C: without being asked, invoices only. */
function dropRule(
  rule: ReadOptions['dropOrder'],
  names: Partial<Record<ColumnRole, string>>,
): RegExp | null {
  if (rule !== 'auto') return rule;
  return names.order && normalizeName(names.order).startsWith('invoice') ? CANCELLED_INVOICE : null;
}

function sumOrNull(values: readonly (number | null)[]): number | null {
  return values.reduce((sum, value) => (sum === null || value === null ? null : sum + value), 0);
}
