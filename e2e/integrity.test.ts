/**
 * @module
 * Subresource Integrity: the hashes that are published with the files are theirs, a script tag that
 * carries one loads, and one that carries another does not.
 */
import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { FOLDERS, serve, type Site } from './engines/server.ts';

const dist = FOLDERS.sotto;

let hashes: Record<string, string>;
let site: Site;
let cdn: Site;

test.beforeAll(async () => {
  hashes = JSON.parse(await readFile(join(dist, 'integrity.json'), 'utf8')) as typeof hashes;
  cdn = await serve(
    () => null,
    () => ({ 'access-control-allow-origin': '*' }),
  );
  const page = (integrity: string) => ({
    body:
      '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Integrity</title>' +
      `<script src="${cdn.origin}/sotto/sotto.js" integrity="${integrity}" crossorigin="anonymous" ` +
      'data-model="/model/manifest.json"></script></head><body></body></html>',
  });
  site = await serve((path) => {
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
