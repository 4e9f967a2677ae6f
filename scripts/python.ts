/**
 * @module
 * A Python of the project's own, with the libraries compared with, in a folder that git ignores.
 * Kept from one run to the next: Spark alone is a download of 400 MB.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const FOLDER = fileURLToPath(new URL('../node_modules/.cache/sotto-python', import.meta.url));
const REQUIREMENTS = {
  implicit: ['implicit>=0.7,<0.8', 'scipy'],
  spark: ['pyspark>=3.5,<5', 'numpy'],
} as const;

const INSTALL_MS = 15 * 60_000;

export type Library = keyof typeof REQUIREMENTS;

/** @returns the path of a Python that has the library. */
export async function preparePython(library: Library): Promise<string> {
  const windows = process.platform === 'win32';
  const python = join(FOLDER, ...(windows ? ['Scripts', 'python.exe'] : ['bin', 'python']));
  const module = library === 'spark' ? 'pyspark' : 'implicit';
  if (await runs(python, ['-c', `import ${module}`])) return python;
  const host = await findPython();
  if (host === null) throw new Error('python must be 3.10 or later but there is none');
  await run(host, ['-m', 'venv', FOLDER]);
  await run(python, ['-m', 'pip', 'install', '--quiet', ...REQUIREMENTS[library]], INSTALL_MS);
  return python;
}

/**
 * @returns what the program wrote on its standard output.
 * @throws {Error} with the last of what it said.
 */
export async function run(
  program: string,
  given: readonly string[],
  timeoutMs = INSTALL_MS,
): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(program, given, {
      timeout: timeoutMs,
      maxBuffer: 64 * 2 ** 20,
    });
    return stdout;
  } catch (cause) {
    const said = String((cause as { stderr?: string }).stderr ?? cause).slice(-2000);
    throw new Error(`${program} ${given.join(' ')} must succeed but failed: ${said}`, { cause });
  }
}

/** @returns the name of a Python that can have the libraries; null when there is none. */
export async function findPython(): Promise<string | null> {
  const isRecent = 'import sys; sys.exit(sys.version_info < (3, 10))';
  for (const name of ['python3', 'python']) if (await runs(name, ['-c', isRecent])) return name;
  return null;
}

/** Whether the program can be run at all. */
export async function runs(program: string, given: readonly string[]): Promise<boolean> {
  try {
    await run(program, given, 60_000);
    return true;
  } catch {
    return false;
  }
}
