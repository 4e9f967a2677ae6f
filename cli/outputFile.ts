/**
 * @module
 * Files that options name to be written: what the system has against one is a sentence that names
 * both.
 */
import { constants } from 'node:fs';
import { access, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { SottoError } from '../src/errors.ts';

/** @throws {SottoError} `input-unreadable`. */
export async function writeOutput(
  option: string,
  file: string,
  contents: string | Uint8Array,
): Promise<void> {
  await named(option, file, () => writeFile(file, contents));
}

/**
 * To be asked before long work: a mistake in a name should not cost the minutes of that.
 * @throws {SottoError} `input-unreadable` where the file's folder is not there, or closed.
 */
export async function expectFolderFor(option: string, file: string): Promise<void> {
  await named(option, file, () => access(dirname(resolve(file)), constants.W_OK));
}

async function named(option: string, file: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SottoError('input-unreadable', `${option} ${file} cannot be written: ${reason}`, {
      cause,
    });
  }
}
