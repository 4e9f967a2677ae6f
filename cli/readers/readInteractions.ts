/**
 * @module
 * Interactions from files: opens each, finds its columns, cleans row by row, joins them all.
 * Every row left out is counted under the rule that left it out.
 */
import { SottoError } from '../../src/errors.ts';
import type { ActionWeights } from '../../src/events.ts';
import type { Interactions } from '../../src/model/interactions.ts';
import { cleanRows, type CleaningRules, type DropReason } from './cleaning.ts';
import { findColumn, normalizeName, requireColumn, type ColumnRole } from './columns.ts';
import { leaveOutRare } from './leaveOutRare.ts';
import { openTable } from './openTable.ts';
import { exampleOf, noRows, type ReadReport } from './readReport.ts';
import { RowCollector } from './rowCollector.ts';
import type { Table } from './table.ts';
import type { DateOrder } from './values.ts';

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

/** Local times are read as UTC, and clocks go wrong. */
const CLOCK_LEEWAY_MS = 86_400_000;

/** A file with the columns that play a part. */
interface NamedTable {
  table: Table;
  names: Partial<Record<ColumnRole, string>>;
}

/**
 * @throws {SottoError} `input-unreadable`, `column-missing`; `no-rows` when none is left.
 */
export async function readInteractions(
  files: readonly string[],
  options: ReadOptions,
): Promise<ReadResult> {
  const tables: NamedTable[] = [];
  for (const file of files) {
    const table = await openTable(file);
    tables.push({ table, names: columnNames(table, options) });
  }
  const timed = requireTimeInAllOrNone(tables);
  const has = (...roles: ColumnRole[]): boolean =>
    tables.some(({ names }) => roles.some((role) => names[role] !== undefined));
  const wants = (role: 'title' | 'price'): boolean =>
    (options.columns[role]?.length ?? 0) > 0 || (options.details === 'found' && has(role));
  const collector = new RowCollector({ timed, titles: wants('title'), prices: wants('price') });
  const report = await readRows(tables, options, collector);

  const kept = leaveOutRare(collector.table(), options.minUserEvents, options.minItemEvents);
  drop(report, 'too few events', kept.dropped);
  report.kept = kept.interactions.users.length;
  if (report.kept === 0) throw noRows(report);
  const { details, userSegments } = collector;
  const items = Array.from(kept.items);
  return {
    interactions: kept.interactions,
    report,
    titles: wants('title') ? items.map((item) => details.title(item)) : null,
    prices: wants('price') ? items.map((item) => details.price(item)) : null,
    segments: has('segment') ? Array.from(kept.users, (user) => userSegments.of(user)) : null,
    weighted: has('weight', 'action'),
  };
}

/** Every row of every file into the collector, or into the report under what left it out. */
async function readRows(
  tables: readonly NamedTable[],
  options: ReadOptions,
  collector: RowCollector,
): Promise<ReadReport> {
  const report: ReadReport = { files: [], rows: 0, kept: 0, dropped: {}, examples: {} };
  const totalRows = sumOrNull(tables.map(({ table }) => table.totalRows));
  const { latestMs = Date.now() + CLOCK_LEEWAY_MS } = options;
  for (const { table, names } of tables) {
    const fileReport = { file: table.file, rows: 0, columns: names };
    report.files.push(fileReport);
    const dropOrder = dropRule(options.dropOrder, names);
    const rules: CleaningRules = { ...options, dropOrder, latestMs };
    for await (const batch of table.batches(Object.values(names))) {
      const read = cleanRows(batch, names, rules);
      const add = collector.reader(batch, names);
      for (let index = 0; index < batch.rows; index++) {
        const reason = read(index, collector.row) ?? add(index);
        if (reason === null) continue;
        drop(report, reason, 1);
        const example = exampleOf(reason, batch, names, index);
        if (example !== null) report.examples[reason] ??= example;
      }
      fileReport.rows += batch.rows;
      report.rows += batch.rows;
      options.onRows?.(report.rows, totalRows);
    }
  }
  return report;
}

function drop({ dropped }: ReadReport, reason: DropReason, rows: number): void {
  if (rows > 0) dropped[reason] = (dropped[reason] ?? 0) + rows;
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
function requireTimeInAllOrNone(tables: readonly NamedTable[]): boolean {
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
