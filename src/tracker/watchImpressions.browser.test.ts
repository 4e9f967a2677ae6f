import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { after, newPage, notes, show, type Watching } from './page.case.ts';
import { watchImpressions } from './watchImpressions.ts';
import type { Page } from './watchPage.ts';

const RULE = { minVisibleRatio: 0.5, minVisibleMs: 150 };
/** Long enough for the rule, the observer and the batch of changes. */
const LONG = 450;

let page: Page & Watching;
beforeEach(() => {
  window.scrollTo(0, 0);
  page = newPage();
});
afterEach(() => {
  page.stop();
  vi.restoreAllMocks();
});

function watch() {
  const { track, seen } = notes();
  watchImpressions(page, RULE, track);
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

test.each([
  ['just before the time is over', 110, 500],
  ['for a moment', 60, 20],
])('a page that is hidden %s begins it anew', async (_, untilMs, hiddenMs) => {
  show(item('a'));
  const seen = watch();
  // From the moment that the observer has told of it.
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, untilMs)));
  const turn = (hidden: boolean) => {
    vi.spyOn(document, 'hidden', 'get').mockReturnValue(hidden);
    document.dispatchEvent(new Event('visibilitychange'));
  };
  const startedMs = performance.now();
  turn(true);
  while (performance.now() - startedMs < hiddenMs) await after(5);
  expect(seen).toEqual([]);
  turn(false);
  await after(RULE.minVisibleMs - untilMs + 10);
  expect(seen).toEqual([]);
  await after(LONG);
  expect(seen).toHaveLength(1);
});

test('a part that is no longer to be left alone is seen from then on', async () => {
  const around = show(`<section data-sotto-ignore>${item('a')}</section>`);
  const seen = watch();
  await after(LONG);
  expect(seen).toEqual([]);
  around.querySelector('section')?.removeAttribute('data-sotto-ignore');
  await after(LONG);
  expect(seen).toMatchObject([{ itemId: 'a', action: 'impression' }]);
});

test('a shadow tree that an element on the page is given late is seen with the next page view', async () => {
  const before = location.href;
  const around = show('<p></p>');
  const grow = (host: Element, html: string) => {
    const root = host.attachShadow({ mode: 'open' });
    root.innerHTML = html;
    return root;
  };
  const inner = grow(around.querySelector('p')!, '<span></span>').querySelector('span')!;
  const seen = watch();
  await after(LONG);
  grow(inner, item('a'));
  await after(LONG);
  expect(seen).toEqual([]);
  history.pushState(null, '', '?view=late');
  document.body.append(document.createElement('p'));
  await after(LONG);
  history.replaceState(null, '', before);
  expect(seen).toMatchObject([{ itemId: 'a', action: 'impression' }]);
});

test('text that changes makes no work, elements that come and go do', async () => {
  const around = show(`<p>0</p>${item('a')}`);
  watch();
  await after(LONG);
  const find = vi.spyOn(page, 'matching');
  const clock = around.querySelector('p')!;
  for (let second = 1; second < 20; second++) {
    clock.textContent = String(second);
    await after(10);
  }
  await after(100);
  expect(find).not.toHaveBeenCalled();
  clock.remove();
  await after(100);
  expect(find).toHaveBeenCalledTimes(1);
  around.append(clock);
  await after(100);
  expect(find).toHaveBeenCalledTimes(2);
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

test('of a large item 30 % are enough, of a smaller one half', async () => {
  // 400 × 700 is large; of both, 40 % are in view.
  show(`${item('large', 'position: fixed; left: 0; width: 400px; height: 700px; top: -420px')}
    ${item('small', 'position: fixed; left: 0; width: 100px; height: 100px; top: -60px')}`);
  const seen = watch();
  await after(LONG);
  expect(seen.map(({ itemId }) => itemId)).toEqual(['large']);
});

test('what a scroller inside the page hides is not in view', async () => {
  show(`<div id="scroller" style="height: 100px; overflow: auto">
    ${item('top')}<div style="height: 300px"></div>${item('below')}</div>`);
  const seen = watch();
  await after(LONG);
  expect(seen.map(({ itemId }) => itemId)).toEqual(['top']);
  (document.getElementById('scroller') as HTMLElement).scrollTop = 300;
  await after(LONG);
  expect(seen.map(({ itemId }) => itemId)).toEqual(['top', 'below']);
});

test('items in open shadow trees are seen, with the list around them', async () => {
  const around = show('<div data-sotto-list="shelf"><x-one></x-one><x-two></x-two></div>');
  const [one, two] = around.querySelectorAll('x-one, x-two');
  one.attachShadow({ mode: 'open' }).innerHTML = item('a');
  const seen = watch();
  // Grown after the page was looked at: by an element that is defined late, and by one moved in.
  customElements.define(
    'x-two',
    class extends HTMLElement {
      constructor() {
        super();
        this.attachShadow({ mode: 'open' }).innerHTML = item('b');
      }
    },
  );
  expect(two.shadowRoot).not.toBeNull();
  await after(LONG);
  (one.shadowRoot as ShadowRoot).append(
    Object.assign(document.createElement('p'), { innerHTML: item('c') }),
  );
  await after(LONG + 100);
  expect(seen).toEqual([
    { itemId: 'a', listId: 'shelf', position: 0, action: 'impression' },
    { itemId: 'b', listId: 'shelf', position: 1, action: 'impression' },
    { itemId: 'c', listId: 'shelf', position: 1, action: 'impression' },
  ]);
});

test('an item moved to another list is seen there too', async () => {
  show(`<div data-sotto-list="one">${item('a')}</div><div data-sotto-list="two"></div>`);
  const seen = watch();
  await after(LONG);
  const [moved] = document.querySelectorAll('[data-sotto-item]');
  document.querySelector('[data-sotto-list=two]')?.append(moved);
  await after(LONG + 100);
  expect(seen.map(({ listId }) => listId)).toEqual(['one', 'two']);
});

test('a page that comes back from the back-forward cache is another page view', async () => {
  show(item('a'));
  const seen = watch();
  await after(LONG);
  dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  await after(LONG);
  expect(seen.length).toBe(2);
});

test('5,000 items added at once: one observer, one timer, and only what is in view', async () => {
  const Original = IntersectionObserver;
  let observers = 0;
  vi.stubGlobal(
    'IntersectionObserver',
    class extends Original {
      constructor(...given: ConstructorParameters<typeof Original>) {
        super(...given);
        observers++;
      }
    },
  );
  const around = show('');
  const seen = watch();
  const started = performance.now();
  around.innerHTML = Array.from({ length: 5000 }, (_, index) => item(`i${index}`)).join('');
  await after(LONG + 300);
  vi.unstubAllGlobals();
  expect(observers).toBe(1);
  const inView = [...around.children].filter((element) => {
    const { top, height } = element.getBoundingClientRect();
    return innerHeight - top >= height / 2;
  });
  expect(inView.length).toBeGreaterThan(5);
  expect(seen.length).toBe(inView.length);
  expect(performance.now() - started).toBeLessThan(5000);
});
