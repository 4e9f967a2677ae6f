import { expect, test } from 'vitest';
import type { TrackedEvent } from '../../events.ts';
import { fail } from '../page.case.ts';
import { watchDataLayer } from './watchDataLayer.ts';

type Entry = unknown;
interface Host extends EventTarget {
  dataLayer?: Entry[];
}

/** A window with a data layer, or without one. */
function hostWith(dataLayer?: Entry[]): Host {
  return Object.assign(new EventTarget(), dataLayer ? { dataLayer } : {});
}

function watch(host: Host) {
  const seen: TrackedEvent[] = [];
  const warnings: string[] = [];
  const stop = watchDataLayer(
    host,
    'dataLayer',
    (event) => seen.push(event),
    (message) => warnings.push(message),
  );
  return {
    stop,
    warnings,
    seen,
    /** Without the ids, which are random. */
    get events() {
      return seen.map(({ id: _, ...rest }) => rest);
    },
  };
}

/** As Google's own snippet has it: the arguments object itself is pushed. */
function gtagOf(layer: Entry[]) {
  return function gtag(..._given: unknown[]) {
    // eslint-disable-next-line prefer-rest-params
    layer.push(arguments);
  };
}

const item = (item_id: unknown, more: object = {}) => ({ item_id, item_name: 'A thing', ...more });

test('the six e-commerce events, in the tag manager form', () => {
  const host = hostWith([]);
  const watched = watch(host);
  const say = (event: string, ecommerce: object) => {
    host.dataLayer!.push({ ecommerce: null });
    host.dataLayer!.push({ event, ecommerce });
  };
  say('view_item_list', {
    item_list_id: 'related',
    item_list_name: 'Related',
    items: [item('a', { index: 0 }), item('b', { index: 1, item_list_id: 'own' })],
  });
  say('select_item', { item_list_name: 'Related', items: [item('b', { index: 1 })] });
  say('view_item', { currency: 'EUR', value: 3, items: [item('b')] });
  say('add_to_cart', { items: [item('b', { quantity: 2 })] });
  say('remove_from_cart', { items: [item('b', { quantity: 1 })] });
  say('purchase', { transaction_id: 'T1', items: [item('b', { quantity: 3 }), item('c')] });
  expect(watched.events).toEqual([
    { itemId: 'a', action: 'impression', listId: 'related', position: 0 },
    { itemId: 'b', action: 'impression', listId: 'own', position: 1 },
    { itemId: 'b', action: 'click', listId: 'Related', position: 1 },
    { itemId: 'b', action: 'view' },
    { itemId: 'b', action: 'cart', value: 2 },
    { itemId: 'b', action: 'remove_from_cart', value: 1 },
    { itemId: 'b', action: 'purchase', value: 3 },
    { itemId: 'c', action: 'purchase', value: 1 },
  ]);
  expect(watched.warnings).toEqual([]);
});

test('gtag’s arguments, past entries first, in their order', () => {
  const layer: Entry[] = [];
  const gtag = gtagOf(layer);
  gtag('js', new Date(0));
  gtag('config', 'G-1', { send_page_view: true });
  gtag('event', 'view_item', { items: [item(85048)] });
  const watched = watch(hostWith(layer));
  gtag('event', 'add_to_cart', { items: [item('85048', { quantity: '2' })] });
  layer.push(['event', 'select_item', { items: [item('a')] }]);
  expect(watched.events).toEqual([
    { itemId: '85048', action: 'view' },
    { itemId: '85048', action: 'cart', value: 2 },
    { itemId: 'a', action: 'click' },
  ]);
});

test('ecommerce pushed ahead of its event belongs to it, until it is reset', () => {
  const layer: Entry[] = [];
  const watched = watch(hostWith(layer));
  layer.push({ ecommerce: { items: [item('a')] } });
  layer.push({ event: 'gtm.dom' }, { event: 'view_item' });
  expect(watched.events).toEqual([{ itemId: 'a', action: 'view' }]);
  layer.push({ ecommerce: null });
  layer.push({ event: 'add_to_cart' });
  expect(watched.seen.length).toBe(1);
  expect(watched.warnings).toEqual(['dataLayer: add_to_cart has no items']);
  // Items of an earlier event are never taken for those of a later one.
  layer.push({ event: 'view_item', ecommerce: { items: [item('b')] } });
  layer.push({ event: 'add_to_cart' });
  expect(watched.events.slice(1)).toEqual([{ itemId: 'b', action: 'view' }]);
});

test('a purchase said twice keeps its ids; lines of one item are one event', () => {
  const bought = {
    event: 'purchase',
    ecommerce: {
      transaction_id: 'T-7',
      items: [
        item('a', { quantity: 1 }),
        item('a', { quantity: 2, item_variant: 'XL' }),
        item('b'),
      ],
    },
  };
  const layer: Entry[] = [bought];
  const watched = watch(hostWith(layer));
  layer.push(structuredClone(bought));
  expect(watched.seen.slice(0, 2)).toEqual([
    { id: 'purchase:T-7:a', itemId: 'a', action: 'purchase', value: 3 },
    { id: 'purchase:T-7:b', itemId: 'b', action: 'purchase', value: 1 },
  ]);
  expect(watched.seen.slice(2)).toEqual(watched.seen.slice(0, 2));
});

test('an entry read again keeps its id, another entry of the same words has its own', () => {
  const view = () => ({ event: 'view_item', ecommerce: { items: [item('a')] } });
  const layer: Entry[] = [view(), view()];
  const host = hostWith(layer);
  const first = watch(host);
  first.stop();
  const second = watch(host);
  expect(second.seen).toEqual(first.seen);
  expect(new Set(first.seen.map(({ id }) => id)).size).toBe(2);
});

test('the older Universal Analytics form is left alone', () => {
  const layer: Entry[] = [
    { ecommerce: { impressions: [{ id: 'a', list: 'Home', position: 1 }] } },
    { event: 'addToCart', ecommerce: { add: { products: [{ id: 'a' }] } } },
    { event: 'productDetail', ecommerce: { detail: { products: [{ id: 'a' }] } } },
  ];
  const watched = watch(hostWith(layer));
  expect(watched.seen).toEqual([]);
  expect(watched.warnings).toEqual([]);
});

test('push gives what the page’s own gives, and is as it was after the end', () => {
  const layer: Entry[] = [];
  const host = hostWith(layer);
  const watched = watch(host);
  expect(layer.push(1, { event: 'x' })).toBe(2);
  expect(Object.keys(layer)).toEqual(['0', '1']);
  watched.stop();
  expect(Object.getOwnPropertyDescriptor(layer, 'push')).toBeUndefined();
  expect(layer.push).toBe(Array.prototype.push);
});

test('a tag manager’s override, before or after, goes on working and stays', () => {
  const heard: string[] = [];
  const override = (layer: Entry[], name: string) => {
    const before = layer.push;
    const own = (...entries: Entry[]) => {
      heard.push(name);
      const length = before.apply(layer, entries);
      // As they do, it keeps the last few only.
      while (layer.length > 3) layer.shift();
      return length;
    };
    layer.push = own;
    return own;
  };
  const layer: Entry[] = [];
  const inner = override(layer, 'inner');
  const watched = watch(hostWith(layer));
  const outer = override(layer, 'outer');
  for (const id of 'abcdef') layer.push({ event: 'view_item', ecommerce: { items: [item(id)] } });
  expect(watched.seen.map(({ itemId }) => itemId)).toEqual([...'abcdef']);
  expect(heard.filter((name) => name === 'inner').length).toBe(6);
  watched.stop();
  expect(layer.push).toBe(outer);
  layer.push({ event: 'view_item', ecommerce: { items: [item('g')] } });
  expect(watched.seen.length).toBe(6);
  expect(heard.filter((name) => name === 'inner').length).toBe(7);

  layer.push = inner;
  const again = watch(hostWith(layer));
  again.stop();
  expect(layer.push).toBe(inner);
});

test('an override that throws throws for the page as before, and the event counts', () => {
  const layer: Entry[] = [];
  layer.push = () => {
    throw new Error('of the site');
  };
  const watched = watch(hostWith(layer));
  const push = () => layer.push({ event: 'view_item', ecommerce: { items: [item('a')] } });
  expect(push).toThrow('of the site');
  expect(watched.seen.length).toBe(1);
  expect(watched.warnings).toEqual([]);
});

test('without a data layer one is made for the site to find, and taken away unused', () => {
  const host = hostWith();
  const watched = watch(host);
  (host.dataLayer ??= []).push({ event: 'view_item', ecommerce: { items: [item('a')] } });
  expect(watched.seen.length).toBe(1);
  watched.stop();
  expect(host.dataLayer.length).toBe(1);

  const unused = hostWith();
  watch(unused).stop();
  expect('dataLayer' in unused).toBe(false);
});

test('a data layer put in the place of the first is found when the page has loaded', () => {
  const host = hostWith([]);
  const watched = watch(host);
  host.dataLayer = [{ event: 'view_item', ecommerce: { items: [item('a')] } }];
  host.dispatchEvent(new Event('load'));
  host.dispatchEvent(new Event('load'));
  expect(watched.seen.length).toBe(1);
  host.dataLayer.push({ event: 'view_item', ecommerce: { items: [item('b')] } });
  expect(watched.seen.length).toBe(2);
  watched.stop();
  expect(Object.getOwnPropertyDescriptor(host.dataLayer, 'push')).toBeUndefined();
});

test('what a listener of ours pushes in answer to an event is no event', () => {
  const layer: Entry[] = [];
  const push = (itemId: string) =>
    layer.push({ event: 'view_item', ecommerce: { items: [item(itemId)] } });
  const seen: string[] = [];
  const stop = watchDataLayer(
    hostWith(layer),
    'dataLayer',
    ({ itemId }) => {
      seen.push(itemId);
      push(`${itemId}!`);
    },
    fail,
  );
  push('a');
  push('b');
  expect(seen).toEqual(['a', 'b']);
  expect(layer.length).toBe(4);
  stop();
});

test('nonsense is one warning, throws nothing, and the good events count', () => {
  const cyclic: Record<string, unknown> = { event: 'view_item' };
  cyclic['ecommerce'] = { items: [item('cyclic', { parent: cyclic })] };
  const trap = new Proxy(
    {},
    {
      get() {
        throw Object.create(null);
      },
    },
  );
  const layer: Entry[] = [
    ...[null, undefined, 0, NaN, 'view_item', Symbol('s'), 10n, () => {}, [], {}, new Date(0)],
    trap,
    {
      get event(): string {
        throw new Error('a getter of the site');
      },
    },
    { event: 'view_item', ecommerce: 'x' },
    { event: 'view_item', ecommerce: { items: {} } },
    { event: 'view_item', ecommerce: { items: [null, trap, item({}), item('x'.repeat(513))] } },
    { event: { toString: () => 'view_item' }, ecommerce: { items: [item('object')] } },
    { event: 'toString', ecommerce: { items: [item('named')] } },
    cyclic,
  ];
  const watched = watch(hostWith(layer));
  layer.push({
    event: 'select_item',
    ecommerce: {
      items: [
        trap,
        item('good', { index: -1, quantity: 'many', item_list_id: {} }),
        item('<script>alert(1)</script>', { index: 1.5 }),
      ],
    },
  });
  expect(watched.events).toEqual([
    { itemId: 'cyclic', action: 'view' },
    { itemId: 'good', action: 'click' },
    { itemId: '<script>alert(1)</script>', action: 'click' },
  ]);
  expect(watched.warnings).toEqual(['dataLayer: an entry is null']);
});

test.each([
  ['an object', {}],
  ['a text', 'dataLayer'],
])('a data layer that is %s is one warning', (_, dataLayer) => {
  const host = hostWith(dataLayer as never);
  const watched = watch(host);
  host.dispatchEvent(new Event('load'));
  watched.stop();
  expect(watched.warnings).toEqual([
    'dataLayer: an entry cannot be read: dataLayer is not an array',
  ]);
  expect(host.dataLayer).toBe(dataLayer);
});

test('a frozen data layer is one warning, its past is read and its push untouched', () => {
  const layer: Entry[] = [{ event: 'view_item', ecommerce: { items: [item('a')] } }];
  Object.freeze(layer);
  const host = hostWith(layer);
  const watched = watch(host);
  expect(watched.seen.length).toBe(1);
  expect(watched.warnings.length).toBe(1);
  watched.stop();
  expect(layer.push).toBe(Array.prototype.push);
});

test('5,000 pushes, each with 20 items, are all read', () => {
  const layer: Entry[] = [];
  const entry = (at: number) => ({
    event: 'view_item_list',
    ecommerce: { items: Array.from({ length: 20 }, (_, place) => item(`${at}-${place}`)) },
  });
  for (let at = 0; at < 2500; at++) layer.push(entry(at));
  const watched = watch(hostWith(layer));
  for (let at = 2500; at < 5000; at++) layer.push(entry(at));
  expect(watched.seen.length).toBe(100_000);
  expect(new Set(watched.seen.map(({ id }) => id)).size).toBe(100_000);
  expect(watched.warnings).toEqual([]);
});

test('one entry counts at most as many items as Google reads', () => {
  const items = Array.from({ length: 5000 }, (_, at) => item(`i${at}`));
  const watched = watch(hostWith([{ event: 'view_item_list', ecommerce: { items } }]));
  expect(watched.seen.length).toBe(200);
});
