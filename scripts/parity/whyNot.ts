/**
 * @module
 * Why the parity tests cannot run with a library here, if they cannot.
 */
import { findPython, runs, type Library } from '../python.ts';

/** @returns null when it can be run. */
export async function whyNot(library: Library): Promise<string | null> {
  if (process.env['SOTTO_PARITY'] !== '1') return 'not asked for: npm run parity';
  if ((await findPython()) === null) return 'there is no Python of 3.10 or later';
  if (library === 'spark' && !(await runs('java', ['-version']))) return 'there is no Java';
  return null;
}
