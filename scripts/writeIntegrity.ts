/**
 * @module
 * writeIntegrity: dist/integrity.json, the hash of every published file that a browser loads, in
 * the form of the `integrity` attribute. https://www.w3.org/TR/SRI/
 */
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** Not for browsers: the command line and the types. */
const ELSEWHERE = ['cli', 'types'];

/** @returns paths relative to `dist`, with their hashes, in the order of their names. */
export async function integrityOf(dist: string): Promise<Record<string, string>> {
  const names = (await readdir(dist, { recursive: true }))
    .filter((name) => /\.(js|wasm)$/.test(name) && !ELSEWHERE.includes(name.split(sep)[0]))
    .sort();
  const entries = names.map(async (name) => {
    const digest = createHash('sha384').update(await readFile(join(dist, name)));
    return [name.replaceAll(sep, '/'), `sha384-${digest.digest('base64')}`] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

export async function writeIntegrity(dist: string): Promise<void> {
  const text = JSON.stringify(await integrityOf(dist), null, 2);
  await writeFile(join(dist, 'integrity.json'), `${text}\n`);
}
