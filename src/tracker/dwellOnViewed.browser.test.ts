import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { dwellOnViewed } from './dwellOnViewed.ts';
import { after, newPage, notes, show, type Watching } from './page.case.ts';
import type { Page } from './watchPage.ts';

let page: Page & Watching;
let nowMs: number;

beforeEach(() => {
  nowMs = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
  vi.spyOn(document, 'hasFocus').mockReturnValue(true);
});

afterEach(() => {
  page.stop();
  vi.restoreAllMocks();
});

const viewed = '<p data-sotto-item="a" data-sotto-view>a</p>';

test('the time that it takes to load is dwell too', async () => {
  show(viewed);
  page = newPage();
  const { track, seen } = notes();
  dwellOnViewed(page, track);
  nowMs = 700;
  await after(300);
  nowMs = 1500;
  page.stop();
  expect(seen).toEqual([{ itemId: 'a', action: 'dwell', value: 1500 }]);
});

test('an item that comes later is dwelt on from then', async () => {
  show('<h1>a list</h1>');
  page = newPage();
  const { track, seen } = notes();
  dwellOnViewed(page, track);
  nowMs = 5000;
  show(viewed);
  await after(300);
  nowMs = 7000;
  page.stop();
  expect(seen).toEqual([{ itemId: 'a', action: 'dwell', value: 2000 }]);
});

test('a page that is left before it has loaded is left alone', async () => {
  show(viewed);
  page = newPage();
  const { track, seen } = notes();
  dwellOnViewed(page, track);
  page.stop();
  nowMs = 5000;
  await after(300);
  window.dispatchEvent(new Event('pagehide'));
  expect(seen).toEqual([]);
});
