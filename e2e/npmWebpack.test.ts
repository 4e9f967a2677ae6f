/**
 * @module
 * The package by its name, bundled by webpack as it comes: worker, kernels and the parts that load
 * when used are found. On a page that requires trusted types webpack's own code needs a policy, and
 * where no worker may start at its own address, the site a copy of dist/; README says both.
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'playwright/test';
import ts from 'typescript';
import webpack, { type Stats } from 'webpack';
import type { Served } from './engines/server.ts';
import { hostApp, LEAST, type HostedApp, type Outcome } from './npmApp/hostedApp.ts';

const app = fileURLToPath(new URL('npmApp/app.ts', import.meta.url));

/** With the policy of webpack's own code beside Sotto's. */
const STRICT = LEAST.replace('trusted-types sotto', 'trusted-types sotto app');
/** A copy of dist/: `serve` has one there. */
const COPIED = '?worker=/sotto/sotto-worker.js';

let hosted: HostedApp;
let warnings: string[];
let names: string[];

test.beforeAll(async () => {
  test.setTimeout(180_000);
  const { outputText } = ts.transpileModule(await readFile(app, 'utf8'), {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  const folder = await mkdtemp(join(tmpdir(), 'sotto-webpack-'));
  const stats = await bundle(`data:text/javascript,${encodeURIComponent(outputText)}`, folder);
  const { errors = [], warnings: warned = [] } = stats.toJson({ errors: true, warnings: true });
  if (errors.length > 0) throw new Error(errors[0].message);
  warnings = warned.map(({ message }) => message);
  const files = new Map<string, Served>();
  for (const name of await readdir(folder)) {
    const type = name.endsWith('.wasm') ? 'application/wasm' : 'text/javascript';
    files.set(`/${name}`, { body: await readFile(join(folder, name)), type });
  }
  names = [...files.keys()];
  await rm(folder, { recursive: true });
  hosted = await hostApp(files, '<script defer src="/main.js"></script>');
});

test.afterAll(() => hosted.site.close());

function bundle(entry: string, folder: string): Promise<Stats> {
  const compiler = webpack({
    mode: 'production',
    // Where `sotto` is looked for: the package knows itself by its name.
    context: fileURLToPath(new URL('..', import.meta.url)),
    entry,
    // The policy by which webpack's own code loads chunks on a page that requires trusted types.
    output: { path: folder, trustedTypes: 'app' },
    performance: false,
    // tfjs' megabyte would take most of a minute.
    optimization: { minimize: false },
  });
  return new Promise((resolve, reject) => {
    compiler.run((error, stats) => {
      compiler.close(() => (stats ? resolve(stats) : reject(error ?? new Error('no statistics'))));
    });
  });
}

let free: Outcome;

test('bundled without a warning', () => {
  expect(warnings).toEqual([]);
});

test('without a policy: one worker, its parts and a list', async ({ page }) => {
  free = await hosted.listUnder(page, '');
  expect(free.ids).toHaveLength(12);
  expect(free).toMatchObject({ explained: 1, warnings: [] });
  expect(page.workers()).toHaveLength(1);
});

test('under trusted types and default-src none: the same list', async ({ page }) => {
  expect(await hosted.listUnder(page, STRICT)).toEqual(free);
  expect(page.workers()).toHaveLength(1);
});

test('kernels are files of their own, found under the names that they got', async ({ page }) => {
  expect(names.filter((name) => name.endsWith('.wasm') && !name.includes('tfjs'))).toHaveLength(4);
  const found = await hosted.compactUnder(page, STRICT);
  // The exact one, which is on its way before the manifest has come, and the compact one.
  expect(found).toEqual({ retrieval: 'wasm', kernels: [200, 200] });
});

test('workers from blobs alone, and a copy of dist: the same list', async ({ page }) => {
  const given = STRICT.replace("worker-src 'self'", 'worker-src blob:');
  expect(await hosted.listUnder(page, given, COPIED)).toEqual(free);
});

test('no worker, and a copy of dist: the page’s own thread, the same list', async ({ page }) => {
  const given = STRICT.replace("worker-src 'self'", "worker-src 'none'");
  const expected = { ...free, warnings: ['[sotto] worker-unavailable'] };
  expect(await hosted.listUnder(page, given, COPIED)).toEqual(expected);
});

test('no worker, and no copy of dist: a list, and a reason for what needs another part', async ({
  page,
}) => {
  const given = STRICT.replace("worker-src 'self'", "worker-src 'none'");
  await expect(hosted.listUnder(page, given)).rejects.toThrow(/imported module: \S+\/chunks\//);
  const found = await page.evaluate(async () => {
    const sotto = await window.starting;
    const list = await sotto.recommend({ count: 12 });
    const failed = await sotto.explain(list[0].itemId).catch((error: { code: string }) => error);
    return { length: list.length, failed: 'code' in failed ? failed.code : null };
  });
  expect(found).toEqual({ length: 12, failed: 'worker-unavailable' });
});
