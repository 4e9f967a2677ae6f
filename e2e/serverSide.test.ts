/**
 * @module
 * Server-side rendering: importing the package does nothing where there is no page, in Node and in
 * worlds that have still less: the globals of Deno, of an edge worker, and none but the language's.
 */
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { expect, test } from 'playwright/test';
import { FOLDERS } from './engines/server.ts';

const WORLDS: Readonly<Record<string, string>> = {
  'none but the language’s': '({})',
  'of Deno':
    '({ Deno: { version: {} }, navigator: { userAgent: "Deno/2" }, URL, fetch, crypto, location: undefined, setTimeout, AbortController, AbortSignal, queueMicrotask, console })',
  'of an edge worker':
    '({ URL, fetch, crypto, caches: { default: {} }, navigator: { userAgent: "Cloudflare-Workers" }, addEventListener() { throw new Error("listens") }, AbortSignal, console })',
};

/** Runs in a Node of its own: modules in a context need a flag. */
const PROBE = `
const { createContext, SourceTextModule } = await import('node:vm');
const { readFile } = await import('node:fs/promises');
const { join, dirname } = await import('node:path');
const globals = eval(process.argv[2]);
const context = createContext({ ...globals });
context.globalThis = context;
// Deno and edge workers have one, as a page does: it proves nothing.
context.self = globals.fetch && context;
const before = Object.keys(context).sort().join();
const modules = new Map();
const load = async (path) => {
  if (!modules.has(path)) {
    modules.set(path, new SourceTextModule(await readFile(path, 'utf8'), {
      context, identifier: path,
      initializeImportMeta: (meta) => { meta.url = 'https://site.example/' + path.split('/').at(-1) },
      importModuleDynamically: () => { throw new Error('loads something by itself') },
    }));
  }
  return modules.get(path);
};
const entry = await load(process.argv[1]);
await entry.link((specifier, from) => load(join(dirname(from.identifier), specifier)));
await entry.evaluate();
const { createRecommender } = entry.namespace;
const error = await createRecommender?.({}).then(() => null, (thrown) => thrown);
console.log(JSON.stringify({
  message: error?.message, code: error?.code,
  isUntouched: Object.keys(context).sort().join() === before,
}));
`;

for (const [name, globals] of Object.entries(WORLDS)) {
  test(`globals ${name}: the import is harmless, and creating says what is missing`, () => {
    const output = execFileSync(
      process.execPath,
      [
        ...['--experimental-vm-modules', '--no-warnings', '--input-type=module', '--eval', PROBE],
        ...[join(FOLDERS.sotto, 'index.js'), globals],
      ],
      { encoding: 'utf8' },
    );
    expect(JSON.parse(output)).toEqual({
      message: 'a recommender needs a document',
      code: 'internal',
      isUntouched: true,
    });
  });
}

for (const entry of ['sotto-elements.js', 'decode-reports.js']) {
  test(`${entry} is harmless in all of these worlds`, () => {
    for (const [name, globals] of Object.entries(WORLDS)) {
      const output = execFileSync(
        process.execPath,
        [
          ...['--experimental-vm-modules', '--no-warnings', '--input-type=module', '--eval', PROBE],
          ...[join(FOLDERS.sotto, entry), globals],
        ],
        { encoding: 'utf8' },
      );
      expect(JSON.parse(output), name).toEqual({ isUntouched: true });
    }
  });
}

test('the script-tag file, evaluated without a page, does nothing', () => {
  const script = `
    const { readFileSync } = require('node:fs');
    const { createContext, runInContext } = require('node:vm');
    const context = createContext({});
    runInContext(readFileSync(process.argv[1], 'utf8'), context);
    console.log(JSON.stringify(Object.keys(context).filter((key) => key !== 'sottoScript')));`;
  const output = execFileSync(
    process.execPath,
    ['--eval', script, join(FOLDERS.sotto, 'sotto.js')],
    {
      encoding: 'utf8',
    },
  );
  expect(JSON.parse(output)).toEqual([]);
});
