import { afterEach, beforeEach, expect, test } from 'vitest';
import type { TrackedEvent } from '../events.ts';
import { startConnections } from './connections.ts';
import type { ConnectionHost } from './connections/types.ts';
import { after, newPage, notes, show, type Watching } from './page.case.ts';
import { watchDwell } from './watchDwell.ts';
import { viewedItems, watchViews } from './watchViews.ts';
import type { Page } from './watchPage.ts';

const address = location.href;
const globals = window as unknown as { dataLayer?: unknown[] };
let page: Page & Watching;
let ended: AbortController;
beforeEach(() => {
  page = newPage();
  ended = new AbortController();
  show('');
});
afterEach(() => {
  ended.abort();
  page.stop();
  delete globals.dataLayer;
  history.replaceState(null, '', address);
});

function start(chosen: Record<string, unknown>, watched: ConnectionHost['watched'] = true) {
  const { track, seen } = notes();
  const warnings: string[] = [];
  startConnections(chosen, {
    track: (event) => {
      track(event);
      return 'id';
    },
    watched,
    consent: () => 'granted',
    setConsent: () => expect.fail('nobody has said anything'),
    setPageItem: page.setItem,
    onPage: page.subscribe,
    warn: (message) => warnings.push(message),
    signal: ended.signal,
  });
  return { track, seen, warnings };
}

const actions = (seen: readonly TrackedEvent[]) =>
  seen.map(({ itemId, action }) => `${itemId} ${action}`);

const say = (event: string, ...ids: string[]) =>
  globals.dataLayer?.push({ event, ecommerce: { items: ids.map((item_id) => ({ item_id })) } });

test('a setting that cannot be and a name there is not are a warning each; the others run', () => {
  const { seen, warnings } = start({
    tcf: { purposes: [] },
    consentMode: 7,
    structuredData: false,
    telepathy: true,
    dataLayer: true,
  });
  say('view_item', 'a');
  expect(actions(seen)).toEqual(['a view']);
  expect(warnings).toEqual([
    'connect.tcf failed: connect.tcf.purposes must be an array of purposes but got an array of 0',
    'connect.consentMode failed: connect.consentMode must be a text of 1 to 64 characters but got 7',
    'connect must name any of tcf, consentMode, structuredData, dataLayer but names "telepathy"',
  ]);
});

test.each([[[0]], [[25]], [['1']], [undefined], ['1,5,6']])(
  'purposes of %j are refused',
  (purposes) => {
    const { warnings } = start({ tcf: { purposes } });
    expect(warnings.length).toBe(1);
    expect(warnings[0]).toContain('connect.tcf.purposes must be');
  },
);

test('a page that ended while this was on its way is left alone', () => {
  ended.abort();
  start({ dataLayer: true });
  expect('dataLayer' in globals).toBe(false);
});

test('what the attributes tell of the same item is theirs, what they do not is told', () => {
  show(`<article data-sotto-item="a" data-sotto-view><a href="#a">a</a>
      <button data-sotto-action="cart">Add</button></article>
    <p data-sotto-item="b">b</p>
    <a data-sotto-item='"] *' href="#c">c</a>`);
  const { seen } = start({ dataLayer: true });
  const told = (event: string) => {
    seen.length = 0;
    say(event, 'a', 'b', '"] *', 'other');
    return seen.map(({ itemId }) => itemId);
  };
  expect(told('view_item_list')).toEqual(['other']);
  expect(told('view_item')).toEqual(['b', '"] *', 'other']);
  expect(told('select_item')).toEqual(['b', 'other']);
  expect(told('add_to_cart')).toEqual(['b', '"] *', 'other']);
  expect(told('purchase')).toEqual(['a', 'b', '"] *', 'other']);
});

test.each([[false], [{ impressions: false, clicks: false, views: false }]])(
  'attributes that are not watched tell nothing: %j',
  (watched) => {
    show('<a data-sotto-item="a" data-sotto-view href="#a">a</a>');
    const { seen } = start({ dataLayer: true }, watched);
    for (const event of ['view_item_list', 'select_item', 'view_item']) say(event, 'a');
    expect(actions(seen)).toEqual(['a impression', 'a click', 'a view']);
  },
);

const described = (sku: string) =>
  `<script type="application/ld+json">{"@type":"Product","sku":"${sku}"}</script>`;

test('the page’s own item is viewed once a page view, and never for the page after', async () => {
  show(described('a'));
  const { track, seen } = notes();
  // In the order that a page starts them.
  watchViews(page, track);
  watchDwell(page, track, viewedItems);
  start({ structuredData: true });
  await after(150);
  expect(actions(seen)).toEqual(['a view']);
  // Rendered anew.
  show(described('a'));
  await after(150);
  expect(seen.length).toBe(1);
  // The address changes, the old description stands there for a while, or for good.
  history.pushState(null, '', '?item=b');
  document.body.append(document.createElement('p'));
  await after(200);
  expect(page.itemId).toBe(null);
  expect(seen.length).toBe(1);
  show(described('b'));
  await after(200);
  expect(actions(seen)).toEqual(['a view', 'b view']);
  history.pushState(null, '', '?item=a');
  show(described('a'));
  await after(200);
  expect(actions(seen)).toEqual(['a view', 'b view', 'a view']);
  // The same item on another page of its own.
  history.pushState(null, '', '?item=a&size=2');
  show(described('a'));
  await after(200);
  expect(actions(seen).slice(3)).toEqual(['a view']);
  // Back from the back-forward cache: the same page, viewed again.
  dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  await after(200);
  expect(actions(seen).slice(4)).toEqual(['a view']);
});

test.each([
  ['JSON-LD', described, 'script', (id: string) => `{"@type":"Product","sku":"${id}"}`],
  [
    'microdata',
    (id: string) =>
      `<p itemscope itemtype="https://schema.org/Product"><b itemprop="sku">${id}</b></p>`,
    'b',
    (id: string) => id,
  ],
])(
  'a description whose text is written anew in its place is read again: %s',
  async (_, html, where, text) => {
    const around = show(html('a'));
    const { track, seen } = notes();
    watchViews(page, track);
    start({ structuredData: true });
    await after(150);
    history.pushState(null, '', '?b');
    await after(150);
    around.querySelector(where)!.textContent = text('b');
    await after(150);
    expect(actions(seen)).toEqual(['a view', 'b view']);
  },
);

test('data-sotto-view stands above what is described, and looking makes no work for itself', async () => {
  show(`${described('a')}<h1 data-sotto-item="b" data-sotto-view>b</h1>`);
  const { track, seen } = start({ structuredData: true });
  watchViews(page, track);
  let looks = 0;
  page.subscribe(() => looks++);
  await after(300);
  expect(actions(seen)).toEqual(['b view']);
  expect(looks).toBeLessThanOrEqual(2);
});

/** Its views in the order that a page tells them, those of the page's own watcher among them. */
function startBoth() {
  const { track, seen } = notes();
  watchViews(page, track);
  const { seen: said } = start({ dataLayer: true, structuredData: true });
  return () => [...actions(seen), ...actions(said).map((one) => `${one} said`)];
}

test('what the data layer and the description both say is one view, whichever comes first', async () => {
  globals.dataLayer = [];
  show(described('a'));
  const views = startBoth();
  say('view_item', 'a');
  await after(150);
  say('view_item', 'a');
  // Beside the page's own: what was only said, a while later.
  say('view_item', 'b');
  await after(1200);
  expect(views()).toEqual(['a view', 'b view said']);

  // In an app the next page is said before it is there.
  history.pushState(null, '', '?c');
  say('view_item', 'c');
  await after(200);
  show(described('c'));
  await after(1200);
  expect(views()).toEqual(['a view', 'c view', 'b view said']);
  history.pushState(null, '', '?a');
  say('view_item', 'a');
  show(described('a'));
  await after(1200);
  expect(views()).toEqual(['a view', 'c view', 'a view', 'b view said']);
});

test('a view that still waits for its description is told when the page is left, or it ends', () => {
  globals.dataLayer = [];
  const views = startBoth();
  say('view_item', 'a');
  expect(views()).toEqual([]);
  window.dispatchEvent(new PageTransitionEvent('pagehide'));
  expect(views()).toEqual(['a view said']);
  say('view_item', 'b');
  ended.abort();
  expect(views()).toEqual(['a view said', 'b view said']);
});

test('where views are not watched the data layer alone tells them, at once', () => {
  globals.dataLayer = [];
  show(described('a'));
  const { seen } = start({ dataLayer: true, structuredData: true }, { views: false });
  say('view_item', 'a');
  expect(actions(seen)).toEqual(['a view']);
});

test('another data layer, or another push, in the place of ours is found with the next change', async () => {
  globals.dataLayer = [];
  const { seen, warnings } = start({ dataLayer: true });
  say('add_to_cart', 'a');
  const plain = Array.prototype.push as (...entries: unknown[]) => number;
  globals.dataLayer.push = plain;
  say('add_to_cart', 'b');
  show('<p>changed</p>');
  await after(150);
  say('add_to_cart', 'c');
  globals.dataLayer = [];
  say('add_to_cart', 'd');
  show('<p>changed again</p>');
  await after(150);
  say('add_to_cart', 'e');
  const all = ['a', 'b', 'c', 'd', 'e'].map((id) => `${id} cart`);
  // What went to the old array by a plain push is lost with it: nobody holds it any more.
  expect(actions(seen)).toEqual(all.filter((one) => one !== 'c cart'));
  // A tag manager that hands everything on is not read twice.
  const ours = globals.dataLayer.push;
  globals.dataLayer.push = function (...entries: unknown[]) {
    return ours.apply(this, entries);
  };
  say('add_to_cart', 'f');
  show('<p>and again</p>');
  await after(150);
  expect(actions(seen).filter((one) => one === 'f cart')).toHaveLength(1);
  expect(warnings).toEqual([]);
});
