/**
 * @module
 * Whether built files are older than what they are built from.
 */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** @param outputs - files; @param sources - files or folders, folders with all that is in them. */
export async function isStale(
  outputs: readonly string[],
  sources: readonly string[],
): Promise<boolean> {
  const built = await Promise.all(outputs.map(modifiedMs));
  if (built.some((timeMs) => timeMs === null)) return true;
  const newestSource = Math.max(...(await Promise.all(sources.map(newestMs))));
  return newestSource > Math.min(...(built as number[]));
}

async function newestMs(path: string): Promise<number> {
  const found = await stat(path);
  if (!found.isDirectory()) return found.mtimeMs;
  const names = await readdir(path);
  return Math.max(0, ...(await Promise.all(names.map((name) => newestMs(join(path, name))))));
}

async function modifiedMs(path: string): Promise<number | null> {
  try {
    return (await stat(path)).mtimeMs;
  } catch {
    return null;
  }
}
