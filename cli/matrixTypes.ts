/**
 * @module
 * Matrices as files hold them, and what names one within its file.
 */
export interface Matrix {
  rows: number;
  dim: number;
  /** Row-major. */
  values: Float32Array;
}

/** Rows of numbers as they stand in the file, before they are float32. */
export interface RawMatrix {
  rows: number;
  dim: number;
  values: ArrayLike<number>;
}

export interface MatrixNames {
  /** The array of an .npz; null: `usualArray`, else the only one. */
  array: string | null;
  usualArray: string;
  /** Columns of a Parquet file; empty: the one that holds lists, else all that hold numbers. */
  columns: readonly string[];
}
