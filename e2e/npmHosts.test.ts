/**
 * @module
 * The package by its name, bundled by Vite as a site would, on strict hosts: with trusted types, with
 * workers from blobs alone, with none. Everywhere the same list, and the parts that load when used.
 */
import { fileURLToPath } from 'node:url';
import { expect, test, type Page } from 'playwright/test';
import { build, type Rolldown } from 'vite';
import { serve, type Served, type Site } from './engines/server.ts';

const app = fileURLToPath(new URL('npmApp/app.ts', import.meta.url));

const LEAST =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; " +
  "connect-src 'self'; require-trusted-types-for 'script'; trusted-types sotto";

let site: Site;
let policy = '';
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
  site = await serve((path) => {
    // A worker takes its policy from its own response.
    const headers = { 'content-security-policy': policy };
    if (path === '/') {
      const tag = `<script type="module" src="/${entry.fileName}"></script>`;
      return { body: `<!doctype html><html lang="en"><title>npm</title>${tag}</html>`, headers };
    }
    const file = files.get(path);
    return file ? { ...file, headers } : null;
  });
});

test.afterAll(() => site.close());

interface Outcome {
  ids: string[];
  explained: number;
  warnings: string[];
}

async function listUnder(page: Page, given: string): Promise<Outcome> {
  policy = given;
  const warnings: string[] = [];
  page.on('console', (message) => {
    if (message.text().startsWith('[sotto]')) warnings.push(message.text().split(':')[0]);
  });
  await page.goto(`${site.origin}/`);
  const found = await page.evaluate(async () => {
    const sotto = await window.starting;
    const [{ itemId }] = await sotto.popular({ count: 1 });
    await sotto.forget();
    sotto.track({ itemId, action: 'like' });
    await sotto.flush();
    const ids = (await sotto.recommend({ count: 12 })).map((one) => one.itemId);
    const { contributions } = await sotto.explain(ids[0]);
    return { ids, explained: contributions.length };
  });
  return { ...found, warnings };
}

let free: Outcome;

test('bundled, without a policy', async ({ page }) => {
  free = await listUnder(page, '');
  expect(free.ids).toHaveLength(12);
  expect(free).toMatchObject({ explained: 1, warnings: [] });
  const workers = [...files.keys()].filter((name) => /sotto-worker/.test(name));
  // Named twice in the source, it is one file.
  expect(workers).toHaveLength(1);
});

test('under trusted types and default-src none: the same list, by the policy sotto', async ({
  page,
}) => {
  expect(await listUnder(page, LEAST)).toEqual(free);
});

test('workers from blobs alone: the same list', async ({ page }) => {
  const given = LEAST.replace("worker-src 'self'", 'worker-src blob:');
  expect(await listUnder(page, given)).toEqual(free);
});

for (const [part, given] of [
  ['worker-src', LEAST.replace("worker-src 'self'", "worker-src 'none'")],
  ['the policy sotto', LEAST.replace('trusted-types sotto', "trusted-types 'none'")],
]) {
  test(`without ${part}: the page's own thread, the same list`, async ({ page }) => {
    const warnings = ['[sotto] worker-unavailable'];
    expect(await listUnder(page, given)).toEqual({ ...free, warnings });
  });
}
