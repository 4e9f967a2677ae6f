/**
 * @module
 * Strict hosts: pages that allow nothing but the least that Sotto needs, as docs/privacy.md writes
 * it down; script and model of another origin; files that are checked by their hash. Everywhere the
 * same lists.
 */
import { expect, test, type Page } from 'playwright/test';
import { serve, type Served, type Site } from './engines/server.ts';

interface Host {
  /** Of the page, and of the site's files where they are the page's own. */
  policy: string;
  /** Where script, worker and model lie. */
  files: string;
  attributes?: string;
}

let own: Site;
let cdn: Site;
let host: Host;

/** The least for a site that serves Sotto's files itself. */
const LEAST =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; " +
  "connect-src 'self'; require-trusted-types-for 'script'; trusted-types sotto";

/** The same with the files on another origin. */
const leastFor = (origin: string): string =>
  `default-src 'none'; script-src ${origin} 'wasm-unsafe-eval'; worker-src blob: ${origin}; ` +
  `connect-src ${origin}; require-trusted-types-for 'script'; trusted-types sotto`;

const page = (): Served => ({
  body:
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Strict</title>' +
    `<script src="${host.files}/sotto/sotto.js" data-model="${host.files}/model/manifest.json" ` +
    `${host.attributes ?? ''}></script></head><body><a href="#x" data-sotto-item="x">x</a></body></html>`,
  headers: { 'content-security-policy': host.policy },
});

let free: Outcome;

test.beforeAll(async ({ browser }) => {
  const workerHeaders = () => ({ 'content-security-policy': host.policy });
  own = await serve((path) => (path === '/' ? page() : null), workerHeaders);
  cdn = await serve(
    () => null,
    () => ({ 'access-control-allow-origin': '*' }),
  );
  const browserPage = await browser.newPage();
  free = await listOn(browserPage, { policy: '', files: '' });
  await browserPage.close();
});

test.afterAll(async () => {
  await own.close();
  await cdn.close();
});

interface Outcome {
  ids: string[];
  retrieval: string;
  warnings: string[];
}

/** Opens the page as `given`, likes an item, and asks for a list. */
async function listOn(browserPage: Page, given: Host): Promise<Outcome> {
  host = given;
  await browserPage.goto(`${own.origin}/`);
  return browserPage.evaluate(async () => {
    const [{ itemId }] = await window.sotto.popular({ count: 1 });
    await window.sotto.forget();
    window.sotto.track({ itemId, action: 'like' });
    await window.sotto.flush();
    const list = await window.sotto.recommend({ count: 12 });
    const { retrieval, warnings } = await window.sotto.ready;
    return {
      ids: list.map((one) => one.itemId),
      retrieval,
      warnings: warnings.map(({ code }) => code),
    };
  });
}

/** What the browser says against a policy, on this page. */
function complaintsOf(browserPage: Page): string[] {
  const complaints: string[] = [];
  browserPage.on('console', (message) => {
    if (/Content.Security.Policy|violates|Trusted/i.test(message.text())) {
      complaints.push(message.text());
    }
  });
  return complaints;
}

test('the list to compare with is whole, and the kernels made it', () => {
  expect(free.ids).toHaveLength(12);
  expect(free.retrieval).toBe('wasm');
});

test('default-src none and the least: the same list, and no complaint', async ({
  page: browserPage,
}) => {
  const complaints = complaintsOf(browserPage);
  expect(await listOn(browserPage, { policy: LEAST, files: '' })).toEqual(free);
  const forgotten = await browserPage.evaluate(async () => {
    // Parts that load only when they are used.
    const lines = await window.sotto.exportData();
    await window.sotto.forget();
    return lines.includes('"like"');
  });
  expect(forgotten).toBe(true);
  expect(complaints).toEqual([]);
});

for (const [part, policy, code] of [
  ['connect-src', LEAST.replace("connect-src 'self'; ", ''), 'manifest-missing'],
]) {
  test(`without ${part} of it: ${code}, and tracking goes on`, async ({ page: browserPage }) => {
    host = { policy, files: '' };
    await browserPage.goto(`${own.origin}/`);
    const failure = await browserPage.evaluate(() =>
      window.sotto.ready.then(
        () => 'ready',
        (error: { code?: string }) => error.code ?? 'no code',
      ),
    );
    expect(failure).toBe(code);
    await browserPage.evaluate(() => window.sotto.track({ itemId: 'a', action: 'like' }));
    expect(await browserPage.evaluate(() => window.sotto.exportData())).toContain('"like"');
  });
}

/** Of the page's own link, where a slow machine leaves it in view for a second. */
const SEEN = '[sotto] unknown-item: the model knows no item "x"';

/** The lines that Sotto writes to the console. */
function warningsOf(browserPage: Page): string[] {
  const lines: string[] = [];
  browserPage.on('console', (message) => {
    const line = message.text();
    if (line.startsWith('[sotto]') && line !== SEEN) lines.push(line);
  });
  return lines;
}

const IDLE =
  '[sotto] worker-unavailable: no worker may start here; lists are made in the page’s idle time';

for (const [part, policy] of [
  ['worker-src', LEAST.replace("worker-src 'self'", "worker-src 'none'")],
  ['trusted-types', LEAST.replace('trusted-types sotto', "trusted-types 'none'")],
]) {
  test(`without ${part} of it: the page's own thread, the same list, a warning`, async ({
    page: browserPage,
  }) => {
    const warnings = warningsOf(browserPage);
    expect(await listOn(browserPage, { policy, files: '' })).toEqual(free);
    expect(warnings).toEqual([IDLE]);
  });
}

test('workers from blobs alone: the same list', async ({ page: browserPage }) => {
  const warnings = warningsOf(browserPage);
  const policy = LEAST.replace("worker-src 'self'", 'worker-src blob:');
  expect(await listOn(browserPage, { policy, files: '' })).toEqual(free);
  expect(warnings).toEqual([]);
});

test('of another origin, and no workers: the same list', async ({ page: browserPage }) => {
  const policy = leastFor(cdn.origin).replace(/worker-src [^;]*/, "worker-src 'none'");
  expect(await listOn(browserPage, { policy, files: cdn.origin })).toEqual(free);
});

test('without wasm-unsafe-eval: the TypeScript engine, the same list, a warning', async ({
  page: browserPage,
}) => {
  const policy = LEAST.replace(" 'wasm-unsafe-eval'", '');
  const strict = await listOn(browserPage, { policy, files: '' });
  expect(strict).toEqual({
    ids: free.ids,
    retrieval: 'typescript',
    warnings: ['wasm-unavailable'],
  });
});

test('script, worker and model on another origin, under the least', async ({
  page: browserPage,
}) => {
  const complaints = complaintsOf(browserPage);
  const given = { policy: leastFor(cdn.origin), files: cdn.origin };
  expect(await listOn(browserPage, given)).toEqual(free);
  expect(complaints).toEqual([]);
});

test('of another origin without a policy, and the model alone', async ({ page: browserPage }) => {
  expect(await listOn(browserPage, { policy: '', files: cdn.origin })).toEqual(free);
});

test('a server that answers every address with its page: worker-unavailable, and tracking goes on', async ({
  page: browserPage,
}) => {
  host = { policy: '', files: '', attributes: 'data-worker-url="/"' };
  await browserPage.goto(`${own.origin}/`);
  const failure = await browserPage.evaluate(() =>
    window.sotto.ready.then(
      () => 'ready',
      (error: { code?: string }) => error.code ?? 'no code',
    ),
  );
  expect(failure).toBe('worker-unavailable');
  await browserPage.evaluate(() => window.sotto.track({ itemId: 'a', action: 'like' }));
  expect(await browserPage.evaluate(() => window.sotto.exportData())).toContain('"like"');
});
