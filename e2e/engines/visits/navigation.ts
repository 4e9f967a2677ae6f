/**
 * @module
 * Page views: where one ends and the next begins, in whichever way the visitor or the site goes.
 */
import { FAST, TooSlow, item, itemAt, type Visit } from '../visit.ts';

/** Dwell has visits of its own. */
const PAGES = { ...FAST, 'data-track': '{"dwell":false}' };

const page = (id: string): string => `<div data-sotto-view data-sotto-item="${id}">${id}</div>`;
const whole = (id: string): string[] => [`impression ${id}`, `view ${id}`];

export const NAVIGATION: readonly Visit[] = [
  {
    name: 'a page that is loaded again is another page view',
    options: PAGES,
    pages: { index: page('p') },
    async steps(visitor) {
      await visitor.until(...whole('p'));
      await visitor.run('void setTimeout(() => location.reload())');
      await visitor.untilTrue('performance.getEntriesByType("navigation")[0].type === "reload"');
    },
    expected: [...whole('p'), ...whole('p')],
  },
  {
    name: 'from page to page',
    options: PAGES,
    pages: { index: page('p'), next: page('q') },
    async steps(visitor) {
      await visitor.until(...whole('p'));
      await visitor.open('next');
    },
    expected: [...whole('p'), ...whole('q')],
  },
  {
    name: 'back, from the back-forward cache',
    spoilsWindow: true,
    // An engine keeps few such pages, and those of other windows would take their place.
    isAlone: true,
    options: PAGES,
    pages: { index: page('p'), next: page('q') },
    async steps(visitor) {
      await visitor.until(...whole('p'));
      await visitor.run(`void setTimeout(() => location.assign('next'))`);
      await visitor.untilTrue('location.pathname.endsWith("next")');
      await visitor.until(...whole('p'), ...whole('q'));
      await visitor.back();
      // Otherwise it was loaded anew, and this would be another visit.
      await visitor.untilTrue('location.pathname.endsWith("index") && window.wasRestored');
    },
    expected: [...whole('p'), ...whole('q'), ...whole('p')],
  },
  {
    name: 'back and forth, from the back-forward cache',
    spoilsWindow: true,
    isAlone: true,
    options: PAGES,
    pages: { index: page('p'), next: page('q') },
    async steps(visitor) {
      await visitor.until(...whole('p'));
      await visitor.run(`void setTimeout(() => location.assign('next'))`);
      await visitor.untilTrue('location.pathname.endsWith("next")');
      await visitor.until(...whole('q'));
      await visitor.back();
      await visitor.untilTrue('location.pathname.endsWith("index") && window.wasRestored');
      await visitor.until(...whole('p'), ...whole('p'));
      await visitor.run('void setTimeout(() => history.forward())');
      await visitor.untilTrue('location.pathname.endsWith("next") && window.wasRestored');
    },
    expected: [...whole('p'), ...whole('q'), ...whole('p'), ...whole('q')],
  },
  {
    name: 'consent refused on the next page, and back: the page as it was has heard of it',
    spoilsWindow: true,
    isAlone: true,
    options: PAGES,
    pages: { index: page('p'), next: '<p>next</p>' },
    async steps(visitor) {
      await visitor.until(...whole('p'));
      await visitor.run(`void setTimeout(() => location.assign('next'))`);
      await visitor.untilTrue('location.pathname.endsWith("next") && sotto.consent');
      await visitor.run('sotto.setConsent("denied")');
      await visitor.back();
      await visitor.untilTrue('location.pathname.endsWith("index") && window.wasRestored');
      await visitor.untilTrue('sotto.consent === "denied"');
      await visitor.run(`void add(${JSON.stringify(item('late'))})`);
    },
    expected: [],
  },
  {
    name: 'a page that leaves an item within the second',
    options: { 'data-track': '{"dwell":false}', 'data-before-track': 'leave' },
    pages: {
      index:
        '<script>function leave() { setTimeout(() => location.assign("next"), 100) }</script>' +
        item('a') +
        page('p'),
      next: '<script>function leave() {}</script>' + page('q'),
    },
    expected: ['view p', ...whole('q')],
  },
  {
    name: 'pushState is another page view, the same item in it counts again',
    options: PAGES,
    pages: { index: item('a') },
    async steps(visitor) {
      await visitor.until('impression a');
      // Without the Navigation API the address is seen with whatever changes for it.
      await visitor.run('void (history.pushState(null, "", "?page=2"), add("<p>page 2</p>"))');
    },
    expected: ['impression a', 'impression a'],
  },
  {
    name: 'an app that renders another product on pushState',
    options: PAGES,
    pages: { index: `<main>${page('p')}</main>` },
    async steps(visitor) {
      await visitor.until(...whole('p'));
      await visitor.run(
        `void (history.pushState(null, '', '?q'), $('main').innerHTML = ${JSON.stringify(page('q'))})`,
      );
    },
    expected: [...whole('p'), ...whole('q')],
  },
  {
    name: 'an app, there and back again',
    options: PAGES,
    pages: {
      index:
        `<main>${page('p')}</main><script>addEventListener('popstate', () => ` +
        `{ $('main').innerHTML = ${JSON.stringify(page('p'))} })</script>`,
    },
    async steps(visitor) {
      await visitor.until(...whole('p'));
      await visitor.run(
        `void (history.pushState(null, '', '?q'), $('main').innerHTML = ${JSON.stringify(page('q'))})`,
      );
      await visitor.until(...whole('p'), ...whole('q'));
      await visitor.back();
    },
    expected: [...whole('p'), ...whole('q'), ...whole('p')],
  },
  {
    name: 'replaceState to the same address is nothing',
    options: PAGES,
    pages: { index: item('a') },
    async steps(visitor) {
      await visitor.until('impression a');
      await visitor.run('void history.replaceState({ scroll: 1 }, "", location.href)');
      await visitor.run(`void add('<i></i>')`);
    },
    expected: ['impression a'],
  },
  {
    name: 'a fragment is a place on the page',
    options: PAGES,
    pages: { index: item('a') + '<p id="below"></p>' },
    async steps(visitor) {
      await visitor.until('impression a');
      await visitor.run('void (location.hash = "below")');
    },
    expected: ['impression a'],
  },
  {
    name: 'a router’s path in the fragment is another page view',
    options: PAGES,
    pages: { index: item('a') },
    async steps(visitor) {
      await visitor.until('impression a');
      await visitor.run('void (location.hash = "/products/2")');
    },
    expected: ['impression a', 'impression a'],
  },
  {
    name: 'two navigations within a second: only the last sees its items',
    pages: { index: item('a') },
    async steps(visitor) {
      await visitor.runSlowly(
        '(async () => { for (const n of [2, 3]) { history.pushState(null, "", "?" + n); add("<i></i>"); await pause(300) } })()',
      );
    },
    expected: ['impression a'],
  },
  {
    name: 'a frame is a page of its own, and none of this one',
    options: PAGES,
    pages: {
      index: item('a') + `<iframe srcdoc="<div data-sotto-item=b>b</div>"></iframe>`,
    },
    expected: ['impression a'],
  },
  {
    name: 'a page that is rendered ahead and never opened',
    options: PAGES,
    pages: {
      index:
        item('a') +
        '<script type="speculationrules">{"prerender":[{"urls":["ahead"],"eagerness":"immediate"}]}</script>',
      ahead: page('p'),
    },
    steps: (visitor) => visitor.wait(1500),
    expected: ['impression a'],
    cannot: {
      firefox: 'it renders nothing ahead',
      webkit: 'it renders nothing ahead',
    },
  },
  {
    name: 'a page that is rendered ahead, and then opened',
    spoilsWindow: true,
    options: PAGES,
    isAlone: true,
    pages: {
      index:
        itemAt('a', 'top:0') +
        '<script type="speculationrules">{"prerender":[{"urls":["ahead"],"eagerness":"immediate"}]}</script>',
      ahead: page('p'),
    },
    async steps(visitor) {
      await visitor.until('impression a');
      await visitor.wait(1500);
      await visitor.run(`void setTimeout(() => location.assign('ahead'))`);
      await visitor.untilTrue('location.href.endsWith("ahead")');
      // Otherwise it was loaded when it was opened, and this would be another visit. A browser that
      // is short of time or memory renders nothing ahead.
      const wasAhead = 'performance.getEntriesByType("navigation")[0].activationStart > 0';
      if (!(await visitor.run(wasAhead))) throw new TooSlow('nothing was rendered ahead');
    },
    expected: ['impression a', ...whole('p')],
    cannot: {
      firefox: 'it renders nothing ahead',
      webkit: 'it renders nothing ahead',
    },
  },
];
