import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { after, newPage, notes, show, type Watching } from './page.case.ts';
import { watchDwell } from './watchDwell.ts';
import type { Page } from './watchPage.ts';
import { viewedItems, watchViews } from './watchViews.ts';

const address = location.href;
let page: Page & Watching;
beforeEach(() => {
  page = newPage();
});
afterEach(() => {
  page.stop();
  vi.restoreAllMocks();
  history.replaceState(null, '', address);
});

const viewed = (id: string) => `<h1 data-sotto-item="${id}" data-sotto-view>${id}</h1>`;

function goTo(path: string, html: string): Promise<unknown> {
  history.pushState(null, '', path);
  show(html);
  return after(120);
}

test('the item that a page is about is viewed once', async () => {
  show(`${viewed('a')}<p data-sotto-item="b">b</p>`);
  const { track, seen } = notes();
  watchViews(page, track);
  expect(seen).toEqual([{ itemId: 'a', action: 'view' }]);
  // Rendered anew: still the same page view.
  show(viewed('a'));
  await after(120);
  expect(seen.length).toBe(1);
});

test('in a single-page app every page view counts, and the old page does not count again', async () => {
  show(viewed('a'));
  const { track, seen } = notes();
  watchViews(page, track);
  // The address changes first, the content comes later.
  history.pushState(null, '', '?item=b');
  document.body.append(document.createElement('p'));
  await after(120);
  expect(seen.length).toBe(1);
  show(viewed('b'));
  await after(120);
  await goTo('?item=a', viewed('a'));
  expect(seen.map(({ itemId }) => itemId)).toEqual(['a', 'b', 'a']);
  // A fragment is a place on the page; a router's path in it is a page.
  await goTo('#reviews', viewed('a'));
  expect(seen.length).toBe(3);
  await goTo('#/item/a', viewed('a'));
  expect(seen.length).toBe(4);
});

test('back and forward are page views', async () => {
  await goTo('?item=a', viewed('a'));
  const { track, seen } = notes();
  watchViews(page, track);
  await goTo('?item=b', viewed('b'));
  const returned = new Promise((resolve) => addEventListener('popstate', resolve, { once: true }));
  history.back();
  await returned;
  show(viewed('a'));
  await after(120);
  expect(seen.map(({ itemId }) => itemId)).toEqual(['a', 'b', 'a']);
});

test('a page loaded unseen is viewed once it is shown', async () => {
  const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  show(viewed('a'));
  const { track, seen } = notes();
  watchViews(page, track);
  expect(seen).toEqual([]);
  hidden.mockReturnValue(false);
  document.dispatchEvent(new Event('visibilitychange'));
  await after(120);
  expect(seen.length).toBe(1);
});

test('dwell is the time visible and focused, told when the page is hidden', async () => {
  const focus = vi.spyOn(document, 'hasFocus').mockReturnValue(true);
  const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(false);
  let nowMs = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
  show(viewed('a'));
  const { track, seen } = notes();
  watchDwell(page, track, viewedItems);
  nowMs = 5000;
  focus.mockReturnValue(false);
  dispatchEvent(new Event('blur'));
  nowMs = 60_000;
  focus.mockReturnValue(true);
  dispatchEvent(new Event('focus'));
  nowMs = 62_000;
  hidden.mockReturnValue(true);
  document.dispatchEvent(new Event('visibilitychange'));
  expect(seen).toEqual([{ itemId: 'a', action: 'dwell', value: 7000 }]);

  nowMs = 100_000;
  hidden.mockReturnValue(false);
  document.dispatchEvent(new Event('visibilitychange'));
  nowMs = 100_500;
  dispatchEvent(new Event('pagehide'));
  // Too short to say anything; it is not lost, though.
  expect(seen.length).toBe(1);
  await after(80);
  dispatchEvent(new Event('focus'));
  nowMs = 101_500;
  page.stop();
  expect(seen.slice(1)).toEqual([{ itemId: 'a', action: 'dwell', value: 1500 }]);
});

test('no time counts twice, however often and in whichever ways its end is told', async () => {
  const focus = vi.spyOn(document, 'hasFocus').mockReturnValue(true);
  const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(false);
  let nowMs = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
  show(viewed('a'));
  const { track, seen } = notes();
  watchDwell(page, track, viewedItems);
  watchViews(page, track);
  const dwells = () =>
    seen
      .filter(({ action }) => action === 'dwell')
      .map(({ itemId, value }) => `${itemId} ${value}`);
  nowMs = 3000;
  // The Navigation API, the History API and the elements tell of the same new page view.
  history.pushState(null, '', '?item=b');
  dispatchEvent(new PopStateEvent('popstate'));
  dispatchEvent(new Event('hashchange'));
  show(viewed('b'));
  await after(120);
  expect(dwells()).toEqual(['a 3000']);

  nowMs = 5500;
  focus.mockReturnValue(false);
  dispatchEvent(new Event('blur'));
  nowMs = 8000;
  hidden.mockReturnValue(true);
  document.dispatchEvent(new Event('visibilitychange'));
  dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
  document.dispatchEvent(new Event('visibilitychange'));
  dispatchEvent(new PageTransitionEvent('pagehide'));
  page.stop();
  expect(dwells()).toEqual(['a 3000', 'b 2500']);
  expect(seen.filter(({ action }) => action === 'view').map(({ itemId }) => itemId)).toEqual([
    'a',
    'b',
  ]);
});

test('leaving for another item in a single-page app tells the dwell of the first', async () => {
  vi.spyOn(document, 'hasFocus').mockReturnValue(true);
  let nowMs = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
  show(viewed('a'));
  const { track, seen } = notes();
  watchDwell(page, track, viewedItems);
  nowMs = 3000;
  await goTo('?item=b', viewed('b'));
  nowMs = 5500;
  await goTo('?item=none', '<h1>none</h1>');
  expect(seen).toEqual([
    { itemId: 'a', action: 'dwell', value: 3000 },
    { itemId: 'b', action: 'dwell', value: 2500 },
  ]);
});

test('no dwell is counted half a minute after the last sign of life', async () => {
  vi.spyOn(document, 'hasFocus').mockReturnValue(true);
  let nowMs = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
  show(viewed('a'));
  const { track, seen } = notes();
  watchDwell(page, track, viewedItems);
  nowMs = 20_000;
  document.dispatchEvent(new PointerEvent('pointermove', { bubbles: true }));
  // Counted until 50 s; then idle until 100 s.
  nowMs = 100_000;
  document.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true }));
  nowMs = 104_000;
  page.stop();
  expect(seen).toEqual([{ itemId: 'a', action: 'dwell', value: 54_000 }]);
  await after(0);
});

test('the Navigation API tells of a new page view without any change of elements', () => {
  vi.spyOn(document, 'hasFocus').mockReturnValue(true);
  let nowMs = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
  show(viewed('a'));
  const { track, seen } = notes();
  watchDwell(page, track, viewedItems);
  nowMs = 3000;
  history.pushState(null, '', '?elsewhere');
  nowMs = 9000;
  expect(seen).toEqual([{ itemId: 'a', action: 'dwell', value: 3000 }]);
});

test('a page that comes back from the back-forward cache is viewed and dwelt on anew', async () => {
  vi.spyOn(document, 'hasFocus').mockReturnValue(true);
  let nowMs = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
  show(viewed('a'));
  const { track, seen } = notes();
  watchDwell(page, track, viewedItems);
  watchViews(page, track);
  nowMs = 2000;
  dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
  nowMs = 20_000;
  dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  await after(120);
  dispatchEvent(new Event('focus'));
  nowMs = 21_500;
  page.stop();
  const told = seen.map(({ action, value }) => [action, value]);
  expect(told).toEqual([
    ['view', undefined],
    ['dwell', 2000],
    ['view', undefined],
    ['dwell', 1500],
  ]);
});

test('what only a connection knows is viewed and dwelt on, for one page view', async () => {
  vi.spyOn(document, 'hasFocus').mockReturnValue(true);
  let nowMs = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
  show('<h1>a</h1>');
  const { track, seen } = notes();
  watchDwell(page, track, viewedItems);
  watchViews(page, track);
  page.setItem('a');
  await after(120);
  nowMs = 4000;
  await goTo('?none', '<h1>none</h1>');
  expect(seen).toEqual([
    { itemId: 'a', action: 'view' },
    { itemId: 'a', action: 'dwell', value: 4000 },
  ]);
});
