/**
 * @module
 * Golden files: what another library answers for some users, its item factors held fixed. Written by
 * make_golden.py.
 */
import { readFile } from 'node:fs/promises';
import type { Objective } from '../../src/model/objective.ts';

export interface GoldenCase {
  name: string;
  objective: Objective;
  /** Of `itemFactors`; distinct. */
  rows: number[];
  /** r of each row: positive for, negative against, zero as the library takes it. */
  weights: number[];
  /** The library's answer, length d. */
  embedding: number[];
}

export interface Golden {
  /** The command that wrote the file. */
  madeBy: string;
  versions: Record<string, string>;
  models: { itemFactors: number[][]; cases: GoldenCase[] }[];
}

export async function readGolden(path: string | URL): Promise<Golden> {
  return JSON.parse(await readFile(path, 'utf8')) as Golden;
}
