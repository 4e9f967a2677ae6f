/**
 * @module
 * What reading came to: rows, the columns that were taken, and every row left out under its reason.
 */
import { SottoError, shown } from '../../src/errors.ts';
import { BLAMED_PART, type DropReason } from './cleaning.ts';
import type { ColumnRole } from './columns.ts';
import type { Batch } from './table.ts';

export interface ReadReport {
  files: { file: string; rows: number; columns: Partial<Record<ColumnRole, string>> }[];
  /** Rows read. */
  rows: number;
  /** Rows that count. */
  kept: number;
  /** Rows left out, by reason; those that left out none are not named. */
  dropped: Partial<Record<DropReason, number>>;
  /** By reason, the first value that was to blame for it, where one was. */
  examples: Partial<Record<DropReason, string>>;
}

/** Why rows were left out, for people to read, with a value to blame where there is one. */
export function reasonText(reason: string, { examples }: Pick<ReadReport, 'examples'>): string {
  const example = examples[reason as DropReason];
  return example === undefined ? reason : `${reason}, such as ${example}`;
}

/** @returns the error of a table that nothing is left of. */
export function noRows(report: ReadReport): SottoError {
  const reasons = Object.entries(report.dropped).map(
    ([reason, rows]) => `${rows} ${reasonText(reason, report)}`,
  );
  const files = report.files.map(({ file }) => file).join(', ');
  return new SottoError(
    'no-rows',
    `no rows are left of the ${report.rows} in ${files}` +
      (reasons.length > 0 ? ` (${reasons.join(', ')})` : ''),
  );
}

const UNORDERED_DATE = /^\d{1,2}\/\d{1,2}\/\d{4}/;

/** The value that a row was left out for, as messages show it; null where none is to blame. */
export function exampleOf(
  reason: DropReason,
  batch: Batch,
  names: Partial<Record<ColumnRole, string>>,
  index: number,
): string | null {
  const part = BLAMED_PART[reason];
  const column = part && names[part];
  if (!column) return null;
  const value = batch.columns[column][index];
  const help = part === 'time' && UNORDERED_DATE.test(String(value)) ? ' without --date-order' : '';
  return `${shown(value)}${help}`;
}
