/**
 * @module
 * Nothing is left behind: not by 200 navigations of a single-page app, and nothing at all once the
 * recommender is destroyed.
 */
import { expect, test } from 'playwright/test';
import { measureLeaks } from './leaks.ts';

const MEGABYTE = 2 ** 20;
const NODES_OF_A_VIEW = 91;

test('200 navigations keep no memory, and destroy() leaves the page as it was', async ({
  page,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const address = (path: string) => new URL(path, baseURL).href;
  await page.route('**/blank.html', (route) =>
    route.fulfill({
      body: '<!doctype html><title>Blank</title><body></body>',
      contentType: 'text/html',
    }),
  );
  const places = {
    blankUrl: address('blank.html'),
    scriptUrl: address('sotto/sotto.js'),
    manifestUrl: address('model/manifest.json'),
  };
  const { running, left, growth, heapGrowthBytes, events } = await measureLeaks(page, places, 200);
  // A view and a click for each: there was something to keep.
  expect(events).toBeGreaterThanOrEqual(400);
  expect(running.workers).toBe(1);
  expect(running.observers).toBeGreaterThanOrEqual(1);
  expect(running.listeners).toBeGreaterThan(0);
  // The view before may still be held at either moment, and no more than that one.
  expect(growth.nodes).toBeLessThanOrEqual(NODES_OF_A_VIEW);
  expect(growth.listeners).toBe(0);
  expect(heapGrowthBytes).toBeLessThan(MEGABYTE);
  expect(left).toEqual({
    ...{ timers: 0, observers: 0, channels: 0, workers: 0 },
    ...{ listeners: 0, nodes: 0 },
  });
});
