/**
 * @module
 * Subresource Integrity: the hashes that are published with the files are theirs, a script tag that
 * carries one loads, and one that carries another does not. With `data-integrity` and an import map
 * nothing runs that somebody has changed since: not the worker, its parts, the kernels or the page's.
 */
import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Page } from 'playwright/test';
import { FOLDERS, serve, type Served, type Site } from './engines/server.ts';

const dist = FOLDERS.sotto;

let hashes: Record<string, string>;
let site: Site;
let cdn: Site;
/** Files of the CDN that somebody has changed, by their path; they would still run. */
const changed = new Map<string, Served>();

test.beforeAll(async () => {
  hashes = JSON.parse(await readFile(join(dist, 'integrity.json'), 'utf8')) as typeof hashes;
  const headers = { 'access-control-allow-origin': '*' };
  cdn = await serve(
    (path) => changed.get(path) ?? null,
    () => headers,
  );
  const page = (integrity: string) => ({
    body:
      '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Integrity</title>' +
      `<script src="${cdn.origin}/sotto/sotto.js" integrity="${integrity}" crossorigin="anonymous" ` +
      'data-model="/model/manifest.json"></script></head><body></body></html>',
  });
  /** The whole list, as docs/privacy.md has it. */
  const imports = () => {
    const integrity = Object.fromEntries(
      Object.entries(hashes).map(([name, hash]) => [`${cdn.origin}/sotto/${name}`, hash]),
    );
    return `<script type="importmap">${JSON.stringify({ integrity })}</script>`;
  };
  const whole = (attributes: string, headers: Record<string, string> = {}) => ({
    headers,
    body:
      '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Integrity</title>' +
      `${imports()}<script src="${cdn.origin}/sotto/sotto.js" integrity="${hashes['sotto.js']}" ` +
      `crossorigin="anonymous" data-model="/model/manifest.json" data-name="integrity" ${attributes}>` +
      '</script></head><body></body></html>',
  });
  site = await serve((path) => {
    if (path === '/whole') return whole('data-integrity');
    if (path === '/no-worker') {
      return whole('data-integrity', { 'content-security-policy': "worker-src 'none'" });
    }
    if (path === '/unasked') return whole('');
    if (path === '/softmax') return whole('data-integrity data-learner="softmax"');
    if (path === '/right') return page(hashes['sotto.js']);
    return path === '/wrong' ? page(hashes['index.js']) : null;
  });
});

test.afterAll(async () => {
  await site.close();
  await cdn.close();
});

test('every file that a browser loads is listed with its own hash', async () => {
  const files = (await readdir(dist, { recursive: true }))
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => /\.(js|wasm)$/.test(name) && !/^(cli|types)\//.test(name));
  expect(Object.keys(hashes).sort()).toEqual(files.sort());
  for (const name of files) {
    const digest = createHash('sha384').update(await readFile(join(dist, name)));
    expect(hashes[name], name).toBe(`sha384-${digest.digest('base64')}`);
  }
});

test('a tag with the hash loads, and Sotto runs', async ({ page }) => {
  await page.goto(`${site.origin}/right`);
  const list = await page.evaluate(() => window.sotto.recommend({ count: 3 }));
  expect(list).toHaveLength(3);
});

test('a tag with another hash does not', async ({ page }) => {
  await page.goto(`${site.origin}/wrong`);
  expect(await page.evaluate(() => typeof window.sotto)).toBe('undefined');
});

test.describe('with data-integrity', () => {
  test.afterEach(() => changed.clear());

  /** One byte more, which changes nothing that it does. */
  async function change(pattern: RegExp): Promise<void> {
    const names = Object.keys(hashes).filter((name) => pattern.test(name));
    expect(names.length, String(pattern)).toBeGreaterThan(0);
    for (const name of names) {
      const bytes = await readFile(join(dist, name));
      const isWasm = name.endsWith('.wasm');
      // Of WebAssembly an empty section of the author's own.
      const more = isWasm ? Buffer.from([0, 1, 0]) : Buffer.from('\n');
      changed.set(`/sotto/${name}`, {
        body: Buffer.concat([bytes, more]),
        type: isWasm ? 'application/wasm' : 'text/javascript',
        headers: { 'access-control-allow-origin': '*' },
      });
    }
  }

  const outcome = (page: Page, expression: string) =>
    page.evaluate(
      `(async () => ${expression})().then(() => 'ok', (error) => error.code ?? String(error))`,
    );
  const retrieval = (page: Page) =>
    page.evaluate(() => window.sotto.ready.then((info) => info.retrieval));

  test('everything is as it should be: all of it runs', async ({ page }) => {
    await page.goto(`${site.origin}/whole`);
    expect(await retrieval(page)).toBe('wasm');
    const [{ itemId }] = await page.evaluate(() => window.sotto.recommend({ count: 3 }));
    // Parts of the worker's and of the page's.
    expect(await outcome(page, `sotto.explain(${JSON.stringify(itemId)})`)).toBe('ok');
    expect(await outcome(page, 'sotto.exportData()')).toBe('ok');
    expect(await outcome(page, 'sotto.forget()')).toBe('ok');
    expect(await outcome(page, "sotto.setConsent('denied')")).toBe('ok');
    expect(await page.evaluate(() => window.sotto.recommend({ count: 3 }))).toHaveLength(3);
  });

  test('tfjs, which comes in many parts, runs too', async ({ page }) => {
    await page.goto(`${site.origin}/softmax`);
    const refined = await page.evaluate(async () => {
      const done = new Promise<string>((resolve) => {
        window.sotto.on('update', ({ reason, report }) => {
          if (reason === 'refined') resolve(report?.refinement?.loss ?? 'none');
        });
      });
      const [{ itemId }] = await window.sotto.popular({ count: 1 });
      window.sotto.track({ itemId, action: 'like' });
      await window.sotto.flush();
      return done;
    });
    expect(refined).toBe('softmax');
  });

  test('a changed worker does not run, and tracking goes on', async ({ page }) => {
    await change(/^sotto-worker\.js$/);
    // Who does not ask for it runs what is there.
    await page.goto(`${site.origin}/unasked`);
    expect(await outcome(page, 'sotto.recommend()')).toBe('ok');
    await page.goto(`${site.origin}/whole`);
    // Not a list: one that the other page has kept would be given.
    expect(await outcome(page, 'sotto.profile()')).toBe('worker-unavailable');
    await page.evaluate(() => window.sotto.track({ itemId: 'a', action: 'like' }));
    expect(await page.evaluate(() => window.sotto.exportData())).toContain('"like"');
  });

  test('changed kernels do not run: the TypeScript engine does', async ({ page }) => {
    await change(/^sotto-kernels.*\.wasm$/);
    await page.goto(`${site.origin}/unasked`);
    expect(await retrieval(page)).toBe('wasm');
    await page.goto(`${site.origin}/whole`);
    expect(await retrieval(page)).toBe('typescript');
  });

  test('a changed part of the worker does not run, and the rest does', async ({ page }) => {
    await change(/^chunks\/seldom-/);
    await page.goto(`${site.origin}/whole`);
    const [{ itemId }] = await page.evaluate(() => window.sotto.recommend({ count: 3 }));
    expect(await outcome(page, `sotto.explain(${JSON.stringify(itemId)})`)).not.toBe('ok');
    expect(await page.evaluate(() => window.sotto.recommend({ count: 3 }))).toHaveLength(3);
  });

  test('where no worker may start, the page’s own thread runs them, each by its hash', async ({
    page,
  }) => {
    const list = () =>
      page.evaluate(async () => {
        const found = await window.sotto.popular({ count: 12, filter: { price: { max: 5 } } });
        return found.map(({ itemId }) => itemId);
      });
    await page.goto(`${site.origin}/whole`);
    const expected = await list();
    await page.goto(`${site.origin}/no-worker`);
    const warned = page.evaluate(
      () =>
        new Promise((resolve) => {
          window.sotto.on('error', ({ code, message }) => resolve(`${code}: ${message}`));
        }),
    );
    expect(await retrieval(page)).toBe('wasm');
    expect(await warned).toContain('worker-unavailable: no worker may start here');
    expect(await list()).toEqual(expected);
    const [itemId] = expected;
    expect(await outcome(page, `sotto.explain(${JSON.stringify(itemId)})`)).toBe('ok');
    expect(await outcome(page, "sotto.setConsent('denied')")).toBe('ok');
    // The page's own is left as it was.
    expect(await page.evaluate(() => window.fetch.toString())).toContain('[native code]');
  });

  test('there, too, nothing runs that was changed', async ({ page }) => {
    await change(/^sotto-worker\.js$/);
    await page.goto(`${site.origin}/no-worker`);
    const message = await page.evaluate(() =>
      window.sotto.profile().then(
        () => 'ok',
        ({ code, message }: { code: string; message: string }) => `${code}: ${message}`,
      ),
    );
    expect(message).toMatch(
      /^worker-unavailable: .*sotto-worker\.js does not load, or is not the file that its integrity names/,
    );
    await page.evaluate(() => window.sotto.track({ itemId: 'a', action: 'like' }));
    expect(await page.evaluate(() => window.sotto.exportData())).toContain('"like"');
    changed.clear();

    await change(/^sotto-kernels.*\.wasm$/);
    await page.goto(`${site.origin}/no-worker`);
    expect(await retrieval(page)).toBe('typescript');
    changed.clear();

    await change(/^chunks\/seldom-/);
    await page.goto(`${site.origin}/no-worker`);
    const [{ itemId }] = await page.evaluate(() => window.sotto.recommend({ count: 3 }));
    expect(await outcome(page, `sotto.explain(${JSON.stringify(itemId)})`)).not.toBe('ok');
    expect(await page.evaluate(() => window.sotto.recommend({ count: 3 }))).toHaveLength(3);
  });

  test('a changed second half of the page does not run, and what is tracked is kept', async ({
    page,
  }) => {
    await change(/^chunks\/page-answers/);
    await page.goto(`${site.origin}/whole`);
    expect(await outcome(page, 'sotto.recommend()')).toBe('file-missing');
    expect(await outcome(page, "sotto.track({ itemId: 'a', action: 'like' })")).toBe('ok');
    expect(await outcome(page, 'sotto.flush()')).toBe('file-missing');
    changed.clear();
    await page.goto(`${site.origin}/whole`);
    expect(await page.evaluate(() => window.sotto.exportData())).toContain('"like"');
  });

  test('a changed part of the page does not run: the browser sees to that', async ({ page }) => {
    await change(/^chunks\/page-exportLines/);
    await page.goto(`${site.origin}/whole`);
    expect(await outcome(page, 'sotto.exportData()')).toBe('file-missing');
    expect(await outcome(page, 'sotto.recommend()')).toBe('ok');
  });
});
