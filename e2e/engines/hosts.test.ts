/**
 * @module
 * Strict hosts and no egress in every engine that is there: the same list under the least policy, on
 * every rung of the worker's ladder; nothing that was changed runs where hashes are asked for; and
 * for two visitors of opposite behaviour the same requests.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from './driver.ts';
import { findEngines } from './findEngines.ts';
import { FOLDERS, serve, type Asked, type Site } from './server.ts';

/** As in docs/privacy.md. An engine without trusted types passes over what says so. */
const LEAST =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; " +
  "connect-src 'self'; require-trusted-types-for 'script'; trusted-types sotto";

interface Host {
  policy: string;
  attributes?: string;
  /** Files of the package that somebody has changed by one byte since. */
  changed?: RegExp;
}
let host: Host;

const textOf = (name: string): string => readFileSync(join(FOLDERS.sotto, name), 'utf8');

const imports = (): string => {
  const hashes = JSON.parse(textOf('integrity.json')) as Record<string, string>;
  const integrity = Object.fromEntries(
    Object.entries(hashes).map(([name, hash]) => [`/sotto/${name}`, hash]),
  );
  return `<script type="importmap">${JSON.stringify({ integrity })}</script>`;
};

const page = (): string =>
  '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Host</title>' +
  `<link rel="icon" href="data:,">${host.attributes ? imports() : ''}` +
  '<script src="/sotto/sotto.js" data-track-automated data-model="/model/manifest.json" ' +
  `${host.attributes ?? ''}></script></head><body></body></html>`;

/** A site of its own has an empty cache, storage and log. */
const open = (): Promise<Site> => {
  const headers = () => ({
    ...(host.policy && { 'content-security-policy': host.policy }),
    'set-cookie': 'visitor=secret; Path=/',
  });
  return serve((path) => {
    if (path === '/page') return { body: page(), headers: headers() };
    const name = path.replace('/sotto/', '');
    return name !== path && host.changed?.test(name)
      ? { body: `${textOf(name)}\n`, type: 'text/javascript', headers: headers() }
      : null;
  }, headers);
};

const LIST = `(async () => {
  const [{ itemId }] = await sotto.popular({ count: 1 });
  await sotto.forget();
  sotto.track({ itemId, action: 'like' });
  await sotto.flush();
  const list = await sotto.recommend({ count: 12 });
  const { contributions } = await sotto.explain(list[0].itemId);
  return { ids: list.map((one) => one.itemId), explained: contributions.length };
})()`;

const live = (likes: boolean): string => `(async () => {
  const list = await sotto.popular({ count: 40 });
  const liked = ${likes ? 'list.slice(0, 12)' : 'list.slice(28)'};
  for (const { itemId } of liked) {
    sotto.track({ itemId, action: 'click' });
    sotto.track({ itemId, action: '${likes ? 'purchase' : 'like'}' });
  }
  if (${!likes}) for (const { itemId } of list.slice(0, 9)) sotto.track({ itemId, action: 'hide' });
  await sotto.flush();
  await sotto.similar(liked[3].itemId);
  await sotto.explain(liked[0].itemId);
  await sotto.profile();
})()`;

const LEAVE = `(async () => {
  await sotto.ready;
  await sotto.flush();
  const items = await sotto.recommend({ count: 12 });
  await sotto.exportData();
  await sotto.forget();
  return items.map((one) => one.itemId);
})()`;

const STORED = '({ cookies: document.cookie, localStorage: localStorage.length })';

/** What a browser says of itself may be another from one request to the next; of the visitor, never. */
function said(site: Site): string[] {
  return site.asked
    .map((one: Asked) => JSON.stringify(one).replaceAll(new URL(site.origin).host, 'SITE'))
    .sort();
}

for (const { name, start, missing } of findEngines()) {
  describe.skipIf(start === null)(`${name}${start ? '' : ` (skipped: ${missing})`}`, () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await start!();
    });
    afterAll(() => engine?.close());

    /** One visit to a site of its own. */
    async function visit<T>(
      given: Host,
      steps: (
        run: (expression: string) => Promise<unknown>,
        again: () => Promise<void>,
      ) => Promise<T>,
    ): Promise<{ outcome: T; asked: string[]; paths: string[] }> {
      host = given;
      const site = await open();
      const tab = await engine.newTab();
      try {
        const again = () => tab.open(`${site.origin}/page`);
        await again();
        const outcome = await steps(tab.run, again);
        return { outcome, asked: said(site), paths: site.asked.map(({ path }) => path) };
      } finally {
        await tab.close();
        await site.close();
      }
    }
    const listUnder = async (policy: string) =>
      (await visit({ policy }, (run) => run(LIST))).outcome;

    test('strict hosts: the same list on every rung', async () => {
      const free = await listUnder('');
      expect(free).toMatchObject({ explained: 1 });
      expect(await listUnder(LEAST)).toEqual(free);
      const blobs = LEAST.replace("worker-src 'self'", 'worker-src blob:');
      // Firefox lets a worker from a blob load its parts only where scripts may come from one too.
      expect(await listUnder(blobs.replace('script-src', 'script-src blob:'))).toEqual(free);
      expect(await listUnder(LEAST.replace("worker-src 'self'", "worker-src 'none'"))).toEqual(
        free,
      );
    });

    test('where hashes are asked for, nothing that was changed runs', async () => {
      const ask = async (expression: string, changed?: RegExp) => {
        const attributes = 'data-integrity';
        const given = { policy: '', attributes, ...(changed && { changed }) };
        const settled = `${expression}.then(() => 'ok', (error) => error.code || String(error))`;
        return (await visit(given, (run) => run(settled))).outcome;
      };
      expect(await ask(LIST)).toBe('ok');
      expect(await ask('sotto.ready', /^sotto-worker\.js$/)).toBe('worker-unavailable');
      // Explanations need them.
      expect(await ask(LIST, /^chunks\/seldom-/)).not.toBe('ok');
      // Held to it by the engine itself.
      expect(await ask('sotto.exportData()', /^chunks\/page-exportLines\.js$/)).toBe(
        'file-missing',
      );
    });

    test('two visitors of opposite behaviour cause the same requests, to the byte', async () => {
      const given = { policy: '' };
      const live2 = (likes: boolean) =>
        visit(given, async (run, again) => {
          await run(live(likes));
          await again();
          const list = await run(LEAVE);
          return { list, stored: await run(STORED) };
        });
      const one = await live2(true);
      const other = await live2(false);
      expect(other.outcome.list).not.toEqual(one.outcome.list);
      expect(other.asked).toEqual(one.asked);
      expect(one.outcome.stored).toEqual({ cookies: 'visitor=secret', localStorage: 0 });
      expect(other.outcome.stored).toEqual(one.outcome.stored);
      for (const path of one.paths)
        expect(path).toMatch(/^\/(page|sotto\/[\w./-]+|model\/[\w.-]+)$/);
      for (const line of one.asked.filter((text) => text.includes('/model/'))) {
        expect(line).toContain('"method":"GET"');
        expect(line).toContain('"body":""');
        expect(line).not.toMatch(/"(cookie|referer)":/);
      }
    });
  });
}
