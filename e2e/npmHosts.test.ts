/**
 * @module
 * The package by its name, bundled by Vite as a site would, on strict hosts: with trusted types, with
 * workers from blobs alone, with none. Everywhere the same list, and the parts that load when used.
 */
import { fileURLToPath } from 'node:url';
import { expect, test } from 'playwright/test';
import { build, type Rolldown } from 'vite';
import type { Served } from './engines/server.ts';
import { hostApp, LEAST, type HostedApp, type Outcome } from './npmApp/hostedApp.ts';

const app = fileURLToPath(new URL('npmApp/app.ts', import.meta.url));

let hosted: HostedApp;
const files = new Map<string, Served>();

test.beforeAll(async () => {
  const built = (await build({
    configFile: false,
    logLevel: 'error',
    base: '/',
    // As README says: the worker loads parts on demand.
    worker: { format: 'es' },
    build: { write: false, modulePreload: false, rolldownOptions: { input: app } },
  })) as Rolldown.RolldownOutput;
  for (const part of built.output) {
    const body = part.type === 'chunk' ? part.code : part.source;
    const isWasm = part.fileName.endsWith('.wasm');
    files.set(`/${part.fileName}`, { body, type: isWasm ? 'application/wasm' : 'text/javascript' });
  }
  const [entry] = built.output;
  hosted = await hostApp(files, `<script type="module" src="/${entry.fileName}"></script>`);
});

test.afterAll(() => hosted.site.close());

let free: Outcome;

test('bundled, without a policy', async ({ page }) => {
  free = await hosted.listUnder(page, '');
  expect(free.ids).toHaveLength(12);
  expect(free).toMatchObject({ explained: 1, warnings: [] });
  const workers = [...files.keys()].filter((name) => /sotto-worker/.test(name));
  // Named twice in the source, it is one file.
  expect(workers).toHaveLength(1);
});

test('under trusted types and default-src none: the same list, by the policy sotto', async ({
  page,
}) => {
  expect(await hosted.listUnder(page, LEAST)).toEqual(free);
});

test('kernels are files of their own, found under the names that they got', async ({ page }) => {
  expect(
    [...files.keys()].filter((name) => name.endsWith('.wasm') && !name.includes('tfjs')),
  ).toHaveLength(4);
  const found = await hosted.compactUnder(page, LEAST);
  // The exact one, which is on its way before the manifest has come, and the compact one.
  expect(found).toEqual({ retrieval: 'wasm', kernels: [200, 200] });
});

test('workers from blobs alone: the same list', async ({ page }) => {
  const given = LEAST.replace("worker-src 'self'", 'worker-src blob:');
  expect(await hosted.listUnder(page, given)).toEqual(free);
});

for (const [part, given] of [
  ['worker-src', LEAST.replace("worker-src 'self'", "worker-src 'none'")],
  ['the policy sotto', LEAST.replace('trusted-types sotto', "trusted-types 'none'")],
]) {
  test(`without ${part}: the page's own thread, the same list`, async ({ page }) => {
    const warnings = ['[sotto] worker-unavailable'];
    expect(await hosted.listUnder(page, given)).toEqual({ ...free, warnings });
  });
}
