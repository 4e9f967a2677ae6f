/**
 * @module
 * Benchmark: one file of this folder, run in headless Chromium by `main.ts`.
 */
import type { Page } from 'playwright';

export interface BenchContext {
  /** Folder served at /models/, for models that the benchmark makes. */
  modelsFolder: string;
  /** Larger cases are left out. Infinity: none. */
  maxItems: number;
  /** A blank page of the bench server, closed after the benchmark. */
  newPage: () => Promise<Page>;
  /** Progress, to standard error. */
  note: (text: string) => void;
}

export interface BenchResult {
  /** What was measured and how, in a sentence or two. */
  title: string;
  header: readonly string[];
  rows: readonly (readonly string[])[];
  /** The same and more as numbers, for `--json`. */
  data: unknown;
  /** SVG by file name, for docs/. */
  charts?: Readonly<Record<string, string>>;
}

export interface Benchmark {
  name: string;
  run(context: BenchContext): Promise<BenchResult>;
}
