/**
 * @module
 * The whole loop in every engine that is there: the model loads in the worker, clicks change the
 * list, a reload keeps what was learned, and forgetting brings the first list back.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine, Tab } from './driver.ts';
import { findEngines } from './findEngines.ts';
import { pageOf } from './page.ts';
import { serve, type Site } from './server.ts';

const OPTIONS = {
  'data-model': '/model/manifest.json',
  'data-worker-url': '/sotto/sotto-worker.js',
  'data-track': '{"impressions":false}',
};

/** The module as npm has it, without a script tag. */
const MODULE = `<!doctype html><title>npm</title><script type="module">
import { createRecommender } from '/sotto/index.js';
window.starting = createRecommender({
  model: '/model/manifest.json', name: 'npm', trackAutomated: true,
});
</script>`;

const ids = async (tab: Tab): Promise<string[]> =>
  (await tab.run(
    'sotto.recommend({ count: 12 }).then((list) => list.map((one) => one.itemId))',
  )) as string[];

/** Some three dozen of the catalogue, as links in items. */
const SHOW = `sotto.popular({ count: 36 }).then((list) => {
  const { itemId } = list[20];
  document.body.innerHTML = '<p data-sotto-item="' + itemId + '"><a id="link" href="#x">open</a></p>';
  return itemId;
})`;

let site: Site;
beforeAll(async () => {
  site = await serve((path) => {
    if (path === '/') return { body: pageOf('loop', '', OPTIONS) };
    return path === '/npm' ? { body: MODULE } : null;
  });
});
afterAll(() => site.close());

for (const { name, start, missing } of findEngines()) {
  describe.skipIf(start === null)(`${name}${start ? '' : ` (skipped: ${missing})`}`, () => {
    let engine: Engine;
    beforeAll(async () => {
      engine = await start!();
    });
    afterAll(() => engine?.close());

    test('a click changes the list, a reload keeps it, forgetting undoes it', async () => {
      const tab = await engine.newTab();
      await tab.open(`${site.origin}/`);
      const first = await ids(tab);
      expect(first).toHaveLength(12);
      expect(await tab.run('sotto.ready.then(({ retrieval }) => retrieval)')).toBe('wasm');

      const clicked = await tab.run(SHOW);
      await tab.click('#link');
      await tab.run('sotto.flush()');
      const learned = await ids(tab);
      expect(learned).toHaveLength(12);
      expect(learned).not.toEqual(first);
      const explained = (await tab.run('sotto.profile()')) as object;
      expect(JSON.stringify(explained)).toContain(JSON.stringify(clicked));

      await tab.open(`${site.origin}/?again`);
      expect(await ids(tab)).toEqual(learned);

      await tab.run('sotto.forget()');
      expect(await ids(tab)).toEqual(first);
      await tab.close();
    });

    test('the npm entry as a module, beside its worker', async () => {
      const tab = await engine.newTab();
      await tab.open(`${site.origin}/npm`);
      const count = await tab.run(
        'starting.then((sotto) => sotto.recommend({ count: 12 })).then((list) => list.length)',
      );
      expect(count).toBe(12);
      await tab.run('starting.then((sotto) => sotto.destroy())');
      await tab.close();
    });
  });
}
