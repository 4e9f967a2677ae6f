/**
 * @module
 * What tells one build from another: of the whole, which page and worker carry, and of the kernels,
 * which change more seldom.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Of the AssemblyScript sources. */
export function kernelsId(): string {
  return hashOf('src/model/kernels/assembly');
}

/** Version and sources; tests are none. */
export function buildId(): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  return `${version}+${hashOf('src')}`;
}

/** For a bundler's `define`. */
export function buildConstants(): Record<string, string> {
  return {
    SOTTO_BUILD: JSON.stringify(buildId()),
    SOTTO_KERNELS: JSON.stringify(kernelsId()),
  };
}

function hashOf(folder: string): string {
  const hash = createHash('sha256');
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll(sep, '/'))
    .filter((name) => /(?<!\.(test|case))\.ts$/.test(name))
    .sort();
  for (const name of names) hash.update(`${name}\n`).update(readFileSync(join(root, folder, name)));
  return hash.digest('hex').slice(0, 10);
}
