/**
 * @module
 * Table: a file of rows, read by column and in batches, whatever its format.
 */

export interface Batch {
  rows: number;
  /** By the name asked for; a value is whatever the format gives (text, number, bigint, Date, …). */
  columns: Record<string, ArrayLike<unknown>>;
}

export interface Table {
  file: string;
  columns: readonly string[];
  /** null: not known before the end. */
  totalRows: number | null;
  /** Batches in order, holding `columns` only. */
  batches(columns: readonly string[]): AsyncIterable<Batch>;
}

/** Rows per batch of the formats that are read row by row. */
export const BATCH_ROWS = 16_384;
