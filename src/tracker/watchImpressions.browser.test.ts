import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { after, newPage, notes, show } from './page.case.ts';
import { watchImpressions } from './watchImpressions.ts';
import type { Page } from './watchPage.ts';

const RULE = { minVisibleRatio: 0.5, minVisibleMs: 150 };
/** Long enough for the rule, the observer and the batch of changes. */
const LONG = 450;

let page: Page;
let stop = () => {};
beforeEach(() => {
  window.scrollTo(0, 0);
  page = newPage();
});
afterEach(() => {
  stop();
  page.stop();
  vi.restoreAllMocks();
});

function watch() {
  const { track, seen } = notes();
  stop = watchImpressions(page, RULE, track);
  return seen;
}

const item = (id: string, style = '') =>
  `<div data-sotto-item="${id}" style="height: 40px; ${style}">${id}</div>`;

test('an item in view for long enough counts once, one out of view not', async () => {
  show(`<div data-sotto-list="top">${item('a')}${item('b')}</div>
    <div style="height: 5000px"></div>${item('far')}`);
  const seen = watch();
  await after(60);
  expect(seen).toEqual([]);
  await after(LONG);
  expect(seen).toEqual([
    { itemId: 'a', listId: 'top', position: 0, action: 'impression' },
    { itemId: 'b', listId: 'top', position: 1, action: 'impression' },
  ]);
  window.scrollTo(0, document.body.scrollHeight);
  await after(LONG);
  window.scrollTo(0, 0);
  await after(LONG);
  expect(seen.map(({ itemId }) => itemId)).toEqual(['a', 'b', 'far']);
});

test('a glimpse, and less than the ratio, do not count', async () => {
  show(`${item('half', 'position: fixed; top: -30px')}${item('glimpse', 'margin-top: 60px')}`);
  const seen = watch();
  await after(60);
  (document.querySelector('[data-sotto-item=glimpse]') as HTMLElement).style.marginTop = '9000px';
  await after(LONG);
  expect(seen).toEqual([]);
});

test('the same item counts once in each list', async () => {
  show(`<div data-sotto-list="one">${item('a')}${item('a')}</div>
    <div data-sotto-list="two">${item('a')}</div>`);
  const seen = watch();
  await after(LONG);
  expect(seen.map(({ listId }) => listId)).toEqual(['one', 'two']);
});

test('items that come later, and elements that change their item, are seen', async () => {
  const around = show(item('a'));
  const seen = watch();
  await after(LONG);
  around.insertAdjacentHTML('beforeend', item('b'));
  (around.firstElementChild as HTMLElement).setAttribute('data-sotto-item', 'c');
  await after(LONG + 100);
  expect(seen.map(({ itemId }) => itemId).sort()).toEqual(['a', 'b', 'c']);
});

test('what leaves the page in time does not count; ignored parts never do', async () => {
  show(`${item('gone')}<div data-sotto-ignore>${item('ignored')}</div>`);
  const seen = watch();
  await after(60);
  document.querySelector('[data-sotto-item=gone]')?.remove();
  await after(LONG);
  expect(seen).toEqual([]);
});

test('time in a hidden page is not time in view', async () => {
  show(item('a'));
  const seen = watch();
  await after(60);
  const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  document.dispatchEvent(new Event('visibilitychange'));
  await after(LONG);
  expect(seen).toEqual([]);
  hidden.mockReturnValue(false);
  document.dispatchEvent(new Event('visibilitychange'));
  await after(LONG);
  expect(seen.length).toBe(1);
});

test('another page view counts anew', async () => {
  const before = location.href;
  show(item('a'));
  const seen = watch();
  await after(LONG);
  history.pushState(null, '', '?view=2');
  document.body.append(document.createElement('p'));
  await after(LONG);
  history.replaceState(null, '', before);
  expect(seen.length).toBe(2);
});
