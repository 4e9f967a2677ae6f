/**
 * @module
 * Beside the part of a tag manager that reads a data layer: Google's own helper for it, which
 * overrides `push` as theirs does.
 */
import 'data-layer-helper/dist/data-layer-helper.js';
import { afterEach, expect, test } from 'vitest';
import { fail } from '../page.case.ts';
import { watchDataLayer } from './watchDataLayer.ts';

interface Helper {
  get: (key: string) => unknown;
  flatten: () => void;
}

const page = window as unknown as {
  dataLayer: unknown[];
  DataLayerHelper: new (layer: unknown[], listener?: () => void, past?: boolean) => Helper;
};

afterEach(() => {
  delete (page as Partial<typeof page>).dataLayer;
});

const view = (item_id: string) => ({ event: 'view_item', ecommerce: { items: [{ item_id }] } });

function watch() {
  const seen: string[] = [];
  const stop = watchDataLayer(window, 'dataLayer', ({ itemId }) => seen.push(itemId), fail);
  return { seen, stop };
}

test('loaded after Sotto, it hears everything, and what it pushes in answer is read', () => {
  page.dataLayer = [view('a')];
  const { seen, stop } = watch();
  let heard = 0;
  const helper = new page.DataLayerHelper(
    page.dataLayer,
    () => {
      // As a tag would, once.
      if (++heard === 2) page.dataLayer.push(view('c'));
    },
    true,
  );
  page.dataLayer.push(view('b'));
  helper.flatten();
  page.dataLayer.push(view('d'));
  expect(seen).toEqual(['a', 'b', 'c', 'd']);
  expect(heard).toBe(4);
  expect(helper.get('ecommerce.items')).toEqual([{ item_id: 'd' }]);
  stop();
  page.dataLayer.push(view('e'));
  expect(seen.length).toBe(4);
  expect(heard).toBe(5);
});

test('loaded before Sotto, its push stands there again at the end', () => {
  page.dataLayer = [];
  let heard = 0;
  const helper = new page.DataLayerHelper(page.dataLayer, () => heard++);

  const its = page.dataLayer.push;
  const { seen, stop } = watch();
  page.dataLayer.push(view('a'), view('b'));
  expect(seen).toEqual(['a', 'b']);
  expect(heard).toBe(2);
  stop();
  expect(page.dataLayer.push).toBe(its);
  page.dataLayer.push(view('c'));
  expect(seen.length).toBe(2);
  expect(helper.get('ecommerce.items')).toEqual([{ item_id: 'c' }]);
});
