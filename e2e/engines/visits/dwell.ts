/**
 * @module
 * Dwell: time that was visible and focused. What is expected is the events; their lengths are held
 * against the clock of the visit, between what must count and what must not.
 */
import type { Visit, Visitor } from '../visit.ts';

const VIEWS_ONLY = { 'data-track': '{"impressions":false}', 'data-min-visible-ms': '150' };

const page = (id: string): string => `<div data-sotto-view data-sotto-item="${id}">${id}</div>`;

/** @throws {Error} when all dwell of `itemId` is not within [fromMs, toMs]. */
async function expectDwell(visitor: Visitor, itemId: string, fromMs: number, toMs: number) {
  const events = await visitor.events();
  const lengths = events
    .filter(({ action, item_id }) => action === 'dwell' && item_id === itemId)
    .map(({ value = NaN }) => value);
  const sumMs = lengths.reduce((sum, one) => sum + one, 0);
  if (!(sumMs >= fromMs && sumMs <= toMs)) {
    throw new Error(
      `dwell of ${itemId} must be in [${fromMs}, ${toMs}] ms but is ${lengths.join(' + ')}`,
    );
  }
}

/** Of the clock and of timers. */
const GRAIN_MS = 30;

export const DWELL: readonly Visit[] = [
  {
    name: 'a page that is left tells how long it was looked at',
    isAlone: true,
    needsFocus: true,
    options: VIEWS_ONLY,
    pages: { index: '<p>here</p>', product: page('p'), next: '<p>there</p>' },
    async steps(visitor) {
      // The first page has made the database by then.
      await visitor.events();
      const startedMs = Date.now();
      await visitor.open('product');
      await visitor.until('view p');
      await visitor.focus();
      await visitor.untilTrue('document.hasFocus()');
      await visitor.wait(1300);
      await visitor.open('next');
      await visitor.until('dwell p');
      await expectDwell(visitor, 'p', 1300 - GRAIN_MS, Date.now() - startedMs);
    },
    expected: ['view p', 'dwell p'],
  },
  {
    name: 'under a second is passing through',
    isAlone: true,
    needsFocus: true,
    options: VIEWS_ONLY,
    pages: { index: '<p>empty</p>' },
    async steps(visitor) {
      await visitor.runSlowly(
        `(async () => { history.pushState(null, '', '?1'); add(${JSON.stringify(page('p'))}); await pause(400); $('[data-sotto-view]').remove(); history.pushState(null, '', '?2'); await rendered() })()`,
      );
    },
    expected: ['view p'],
  },
  {
    name: 'hidden time is not looked at',
    isAlone: true,
    needsFocus: true,
    options: VIEWS_ONLY,
    pages: { index: page('p'), next: '<p>there</p>' },
    async steps(visitor) {
      await visitor.focus();
      await visitor.untilTrue('document.hasFocus()');
      await visitor.until('view p');
      const shownMs = Date.now();
      await visitor.wait(1200);
      await visitor.hide();
      await visitor.untilTrue('document.hidden');
      const hiddenMs = Date.now();
      await visitor.until('dwell p');
      await visitor.wait(2500);
      await visitor.show();
      await visitor.untilTrue('!document.hidden');
      await visitor.open('next');
      // What came before the first look at the clock is the load's: under two seconds of slack.
      await expectDwell(visitor, 'p', 1200 - GRAIN_MS, hiddenMs - shownMs + 2000);
    },
    expected: ['view p', 'dwell p'],
  },
  {
    name: 'in an app each product has its own time',
    isAlone: true,
    needsFocus: true,
    options: VIEWS_ONLY,
    pages: { index: `<main>${page('p')}</main>` },
    async steps(visitor) {
      await visitor.until('view p');
      await visitor.focus();
      await visitor.untilTrue('document.hasFocus()');
      await visitor.wait(1200);
      await visitor.run(
        `void (history.pushState(null, '', '?q'), $('main').innerHTML = ${JSON.stringify(page('q'))})`,
      );
      await visitor.until('dwell p');
      const startedMs = Date.now();
      await visitor.wait(1200);
      await visitor.run(`void (history.pushState(null, '', '?'), $('main').innerHTML = '')`);
      await visitor.until('dwell q');
      await expectDwell(visitor, 'q', 1100, Date.now() - startedMs + 2000);
    },
    expected: ['view p', 'dwell p', 'view q', 'dwell q'],
  },
  {
    name: 'left to the back-forward cache and come back to: its time once, its new time again',
    isAlone: true,
    needsFocus: true,
    options: VIEWS_ONLY,
    pages: { index: page('p'), next: '<p>there</p>' },
    async steps(visitor) {
      await visitor.until('view p');
      await visitor.focus();
      await visitor.untilTrue('document.hasFocus()');
      await visitor.wait(1200);
      await visitor.run(`void setTimeout(() => location.assign('next'))`);
      await visitor.untilTrue('location.pathname.endsWith("next")');
      await visitor.until('dwell p');
      await visitor.wait(1500);
      await visitor.back();
      await visitor.untilTrue('location.pathname.endsWith("index") && window.wasRestored');
      const returnedMs = Date.now();
      await visitor.wait(1200);
      await visitor.run(`void setTimeout(() => location.assign('next'))`);
      await visitor.untilTrue('location.pathname.endsWith("next")');
      await visitor.until('dwell p', 'dwell p');
      const last = (await visitor.events()).filter(({ action }) => action === 'dwell').at(-1);
      const withinMs = Date.now() - returnedMs + 500;
      if (!last?.value || last.value < 1000 || last.value > withinMs) {
        throw new Error(`the second dwell must be in [1000, ${withinMs}] ms but is ${last?.value}`);
      }
    },
    expected: ['view p', 'dwell p', 'view p', 'dwell p'],
  },
];
