/**
 * @module
 * What the page loads only when it is used. In the sources that is a plain `import('./name.ts')`;
 * the npm build makes chunks of it by itself. The script tag's build is an IIFE, which cannot be
 * parted: there each such module is built as `chunks/page-name.js` and imported by its address
 * beside the script, known since the script first ran, so that a strict policy, another origin and
 * a removed tag are no hindrance.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Plugin } from 'vite';

const SOURCES = ['src/recommender', 'src/tracker', 'src/store'];
/** The worker's half of the store: what that loads is none of the page's. */
const WORKERS_OWN = /\/indexedDb(Log|Store)\.ts$/;
/** As a value: `typeof import(…)` is a type. */
const LAZY = /(?<!typeof )\bimport\('(\.{1,2}\/[\w./]+)\.ts'\)/g;
/** What makes an error of ours of it, where there is something: the script's loader does so itself. */
const LAZY_CALL = new RegExp(`\\bfromPart\\(${LAZY.source}\\)|${LAZY.source}`, 'g');

/** Name of the chunk → its module, of every module that the page's sources import when needed. */
export function pageParts(): Record<string, string> {
  const parts: Record<string, string> = {};
  for (const path of SOURCES.flatMap(filesUnder)) {
    if (/\.(test|case)\.ts$/.test(path) || WORKERS_OWN.test(path)) continue;
    for (const [, module] of readFileSync(path, 'utf8').matchAll(LAZY)) {
      const file = resolve(dirname(path), `${module}.ts`);
      const name = `page-${basename(module)}`;
      if ((parts[name] ??= file) !== file) throw new Error(`two page parts are called ${name}`);
    }
  }
  return parts;
}

/** For the IIFE: imports by address in place of those that cannot be bundled. */
export const loadPartsBeside: Plugin = {
  name: 'sotto:load-parts-beside',
  enforce: 'pre',
  transform(code, id) {
    if (!id.includes('/src/') || code.search(LAZY) < 0) return null;
    const loader = JSON.stringify(resolve('src/scriptTag.ts'));
    const changed = code.replaceAll(
      LAZY_CALL,
      (_, wrapped: string | undefined, bare: string) => `loadPart('${basename(wrapped ?? bare)}')`,
    );
    return { code: `import { loadPart } from ${loader};\n${changed}`, map: null };
  },
};

/**
 * Each part with copies of all that it shares with others, or it would ask for a second file once it
 * is there. Nothing copied holds a state, and errors are told by name.
 */
export const partsAlone: Plugin = {
  name: 'sotto:parts-alone',
  enforce: 'pre',
  async resolveId(source, importer, { kind }) {
    if (!importer || !source.startsWith('.') || kind === 'dynamic-import') return null;
    const found = await this.resolve(source, importer, { skipSelf: true });
    const part = importer.split('?part=')[1] ?? basename(importer, '.ts');
    return found && `${found.id}?part=${part}`;
  },
};

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => path.endsWith('.ts'));
}
