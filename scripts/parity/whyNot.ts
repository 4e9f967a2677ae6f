/**
 * @module
 * Why the parity tests cannot run with a library here, if they cannot. What they need they install.
 *
 * `SOTTO_PARITY` says how much they are wanted: `1` (`npm run parity`), they must be able to install
 * it; `where-possible` (`npm test`), they skip where that fails; anything else, they do not try.
 */
import { findPython, preparePython, runs, type Library } from '../python.ts';

const { SOTTO_PARITY: wanted } = process.env;

/** @returns null when it can be run, or installed. */
export async function whyNot(library: Library): Promise<string | null> {
  if (wanted !== '1' && wanted !== 'where-possible') return 'not asked for: npm run parity';
  if ((await findPython()) === null) return 'there is no Python of 3.10 or later';
  if (library === 'spark' && !(await runs('java', ['-version']))) return 'there is no Java';
  return null;
}

/**
 * @returns the path of a Python that has the library, or why there is none.
 * @throws {Error} where it cannot be installed and must be.
 */
export async function pythonWith(
  library: Library,
): Promise<{ python: string } | { reason: string }> {
  const reason = await whyNot(library);
  if (reason !== null) return { reason };
  try {
    return { python: await preparePython(library) };
  } catch (thrown) {
    if (wanted === '1') throw thrown;
    const last = String(thrown).trim().split('\n').at(-1) ?? '';
    return { reason: `${library} could not be installed: ${last}` };
  }
}
