import { afterEach, expect, test } from 'vitest';
import type { TrackedEvent } from '../events.ts';
import { newGuard, notes, show } from './page.case.ts';
import { watchClicks } from './watchClicks.ts';

let guard = newGuard();
afterEach(() => guard.stop());

function listenTo(track: (event: TrackedEvent) => void): void {
  guard = newGuard();
  watchClicks(guard, track);
}

function watched(html: string) {
  const page = show(html);
  const { track, seen } = notes();
  listenTo(track);
  const click = (selector: string) => {
    (page.querySelector(selector) as HTMLElement).click();
    return seen.splice(0);
  };
  return { page, seen, click };
}

const LIST = `
  <ul data-sotto-list="top">
    <li data-sotto-item="a"><a href="#a"><b>A</b></a></li>
    <li data-sotto-item="b">
      <a href="#b">B</a><p>text</p>
      <button data-sotto-action="cart" data-sotto-value="2"><i>Add</i></button>
      <button data-sotto-action="wishlist">Wish</button>
      <button class="why">Why?</button>
      <span data-sotto-ignore><a class="ignored" href="#x">not me</a></span>
    </li>
  </ul>`;

test('a link inside an item is a click, with its list and place', () => {
  const { click } = watched(LIST);
  expect(click('[data-sotto-item=a] b')).toEqual([
    { itemId: 'a', listId: 'top', position: 0, action: 'click' },
  ]);
  expect(click('[data-sotto-item=b] a')).toMatchObject([{ itemId: 'b', position: 1 }]);
});

test('an action is named by its element, the standard ones and the site’s own', () => {
  const { click } = watched(LIST);
  expect(click('[data-sotto-action=cart] i')).toMatchObject([
    { itemId: 'b', action: 'cart', value: 2 },
  ]);
  const [wish] = click('[data-sotto-action=wishlist]');
  expect(wish).toEqual({ itemId: 'b', action: 'wishlist', listId: 'top', position: 1 });
});

test('other parts of an item, ignored parts and links elsewhere are nothing', () => {
  const { click } = watched(`<a id="out" href="#o">out</a>${LIST}`);
  for (const selector of ['.why', 'p', '.ignored', '#out', 'ul'])
    expect(click(selector)).toEqual([]);
});

test('a part to ignore may stand around the item', () => {
  const { click } = watched(`<div data-sotto-ignore>${LIST}</div>`);
  expect(click('[data-sotto-item=a] b')).toEqual([]);
});

test('one element may be item and action; an empty item is none', () => {
  const { click } = watched(`
    <button id="one" data-sotto-item="a" data-sotto-action="like">♥</button>
    <a id="two" data-sotto-item="b" href="#b">B</a>
    <a id="three" data-sotto-item="" href="#c">C</a>`);
  expect(click('#one')).toEqual([{ itemId: 'a', action: 'like' }]);
  expect(click('#two')).toEqual([{ itemId: 'b', action: 'click' }]);
  expect(click('#three')).toEqual([]);
});

test('the innermost item counts', () => {
  const { click } = watched(`
    <section data-sotto-item="page" data-sotto-view>
      <div data-sotto-list="similar"><p data-sotto-item="inner"><a href="#i">i</a></p></div>
      <button data-sotto-action="cart">Add</button>
    </section>`);
  expect(click('p a')).toEqual([
    { itemId: 'inner', action: 'click', listId: 'similar', position: 0 },
  ]);
  expect(click('button')).toEqual([{ itemId: 'page', action: 'cart' }]);
});

test('a page that stops the event does not hide it', () => {
  const { page, click } = watched(LIST);
  page.addEventListener('click', (event) => event.stopImmediatePropagation(), true);
  expect(click('[data-sotto-item=a] b').length).toBe(1);
});

test('the middle button counts, the right one does not', () => {
  const { page, seen } = watched(LIST);
  const link = page.querySelector('a') as HTMLElement;
  const press = (button: number) =>
    link.dispatchEvent(new MouseEvent('auxclick', { button, bubbles: true, composed: true }));
  press(1);
  press(2);
  expect(seen).toMatchObject([{ itemId: 'a', action: 'click' }]);
});

test('items inside a shadow tree are found', () => {
  const { page, seen } = watched('<div data-sotto-list="shelf"><x-card></x-card></div>');
  const root = (page.querySelector('x-card') as HTMLElement).attachShadow({ mode: 'open' });
  root.innerHTML = '<article data-sotto-item="s"><a href="#s">S</a></article>';
  (root.querySelector('a') as HTMLElement).click();
  expect(seen).toMatchObject([{ itemId: 's', action: 'click' }]);
});

test('after stop nothing is heard', () => {
  const { click } = watched(LIST);
  guard.stop();
  expect(click('[data-sotto-item=a] b')).toEqual([]);
});

test('a form is its action when it is sent, not when a field is clicked', () => {
  const { page, seen, click } = watched(`
    <section data-sotto-item="a">
      <form data-sotto-action="cart" data-sotto-value="3"><input id="field" /><button>Add</button></form>
    </section>`);
  page.addEventListener('submit', (event) => event.preventDefault());
  expect(click('#field')).toEqual([]);
  expect(click('button')).toEqual([{ itemId: 'a', action: 'cart', value: 3 }]);
  expect(seen).toEqual([]);
});

test('a marked button that sends a marked form is one event', () => {
  const { page, click } = watched(`
    <form data-sotto-item="a" data-sotto-action="cart"><button data-sotto-action="buy">Buy</button></form>`);
  page.addEventListener('submit', (event) => event.preventDefault());
  expect(click('button')).toEqual([{ itemId: 'a', action: 'buy' }]);
});

test('a label and its control are one activation', async () => {
  const { click } = watched(`
    <label data-sotto-item="a" data-sotto-action="like"><input type="checkbox" /><b>Like</b></label>`);
  expect(click('b').length).toBe(1);
  // The next activation is another.
  await new Promise((resolve) => setTimeout(resolve));
  expect(click('b').length).toBe(1);
});

test('the middle button activates links alone', () => {
  const { page, seen } = watched(LIST);
  for (const selector of ['[data-sotto-action=cart]', '[data-sotto-item=b] a']) {
    page
      .querySelector(selector)
      ?.dispatchEvent(new MouseEvent('auxclick', { button: 1, bubbles: true }));
  }
  expect(seen).toMatchObject([{ itemId: 'b', action: 'click' }]);
});

test('script in attributes is a text like any other', () => {
  const id = '"><img src=x onerror=alert(1)>';
  const page = show('<a id="odd" href="#a">A</a>');
  page.querySelector('a')?.setAttribute('data-sotto-item', id);
  const { track, seen } = notes();
  listenTo(track);
  (page.querySelector('#odd') as HTMLElement).click();
  expect(seen).toEqual([{ itemId: id, action: 'click' }]);
  expect(document.querySelector('img')).toBeNull();
});

test('a form in a shadow tree is its action too, with the item around it', async () => {
  const page = show(`<section data-sotto-item="a"><span></span></section>
    <section data-sotto-item="b"><p data-sotto-ignore><span></span></p></section>`);
  const { track, seen } = notes();
  listenTo(track);
  const buttons = [...page.querySelectorAll('span')].map((host) => {
    const outer = host.attachShadow({ mode: 'open' });
    outer.innerHTML = '<span></span>';
    const inner = outer.querySelector('span')!.attachShadow({ mode: 'open' });
    inner.innerHTML =
      '<form data-sotto-action="cart" data-sotto-value="2"><input /><button>Add</button></form>';
    inner.addEventListener('submit', (event) => event.preventDefault());
    return inner.querySelector('button')!;
  });
  const send = async () => {
    for (const button of buttons) button.click();
    await new Promise((resolve) => setTimeout(resolve));
  };
  await send();
  expect(seen).toEqual([{ itemId: 'a', action: 'cart', value: 2 }]);
  await send();
  expect(seen).toHaveLength(2);
  guard.stop();
  await send();
  expect(seen).toHaveLength(2);
});

test('links of a drawing are links, in the older spelling too', async () => {
  const page = show(`<div data-sotto-item="a"><svg>
    <a href="#x"><circle r="5" /></a><a xlink:href="#y"><rect /></a><a><path /></a></svg></div>`);
  const { track, seen } = notes();
  listenTo(track);
  const press = async (shape: string) => {
    seen.length = 0;
    page.querySelector(shape)!.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    await new Promise((resolve) => setTimeout(resolve));
    return seen.length;
  };
  expect([await press('circle'), await press('rect'), await press('path')]).toEqual([1, 1, 0]);
});
