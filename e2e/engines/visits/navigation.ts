/**
 * @module
 * Page views: where one ends and the next begins, in whichever way the visitor or the site goes.
 */
import { FAST, item, itemAt, type Visit } from '../visit.ts';

const page = (id: string): string => `<div data-sotto-view data-sotto-item="${id}">${id}</div>`;
const whole = (id: string): string[] => [`impression ${id}`, `view ${id}`];

export const NAVIGATION: readonly Visit[] = [
  {
    name: 'a page that is loaded again is another page view',
    options: FAST,
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
    options: FAST,
    pages: { index: page('p'), next: page('q') },
    async steps(visitor) {
      await visitor.until(...whole('p'));
      await visitor.open('next');
    },
    expected: [...whole('p'), ...whole('q')],
  },
  {
    name: 'back, from the back-forward cache',
    options: FAST,
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
    options: FAST,
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
    name: 'a page that leaves an item within the second',
    pages: { index: item('a') + page('p'), next: page('q') },
    steps: (visitor) => visitor.open('next'),
    expected: ['view p', ...whole('q')],
  },
  {
    name: 'pushState is another page view, the same item in it counts again',
    options: FAST,
    pages: { index: item('a') },
    async steps(visitor) {
      await visitor.until('impression a');
      await visitor.run('void history.pushState(null, "", "?page=2")');
    },
    expected: ['impression a', 'impression a'],
  },
  {
    name: 'an app that renders another product on pushState',
    options: FAST,
    pages: { index: `<main>${page('p')}</main>` },
    async steps(visitor) {
      await visitor.until(...whole('p'));
      await visitor.run('void history.pushState(null, "", "?q")');
      await visitor.run(`void ($('main').innerHTML = ${JSON.stringify(page('q'))})`);
    },
    expected: [...whole('p'), ...whole('q')],
  },
  {
    name: 'an app, there and back again',
    options: FAST,
    pages: {
      index:
        `<main>${page('p')}</main><script>addEventListener('popstate', () => ` +
        `{ $('main').innerHTML = ${JSON.stringify(page('p'))} })</script>`,
    },
    async steps(visitor) {
      await visitor.until(...whole('p'));
      await visitor.run('void history.pushState(null, "", "?q")');
      await visitor.run(`void ($('main').innerHTML = ${JSON.stringify(page('q'))})`);
      await visitor.until(...whole('p'), ...whole('q'));
      await visitor.back();
    },
    expected: [...whole('p'), ...whole('q'), ...whole('p')],
  },
  {
    name: 'replaceState to the same address is nothing',
    options: FAST,
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
    options: FAST,
    pages: { index: item('a') + '<p id="below"></p>' },
    async steps(visitor) {
      await visitor.until('impression a');
      await visitor.run('void (location.hash = "below")');
    },
    expected: ['impression a'],
  },
  {
    name: 'a router’s path in the fragment is another page view',
    options: FAST,
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
        '(async () => { history.pushState(null, "", "?2"); await pause(300); history.pushState(null, "", "?3"); await rendered() })()',
      );
    },
    expected: ['impression a'],
  },
  {
    name: 'a frame is a page of its own, and none of this one',
    options: FAST,
    pages: {
      index: item('a') + `<iframe srcdoc="<div data-sotto-item=b>b</div>"></iframe>`,
    },
    expected: ['impression a'],
  },
  {
    name: 'a page that is rendered ahead and never opened',
    options: FAST,
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
    options: FAST,
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
      // Otherwise it was loaded when it was opened, and this would be another visit.
      await visitor.untilTrue('performance.getEntriesByType("navigation")[0].activationStart > 0');
    },
    expected: ['impression a', ...whole('p')],
    cannot: {
      firefox: 'it renders nothing ahead',
      webkit: 'it renders nothing ahead',
    },
  },
];
