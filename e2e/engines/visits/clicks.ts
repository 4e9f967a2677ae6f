/**
 * @module
 * Activations, with the engine's own mouse and keyboard. Items stand still for a moment only: their
 * impressions are off.
 */
import { item, list, type Visit } from '../visit.ts';

/** Seen with WebKitGTK 2.50: a press of button 1 ends as a release of button 0, and a click. */
const ONE_BUTTON = { webkit: 'its driver lets go of the left button, whichever was pressed' };

const CLICKS_ONLY = { 'data-track': '{"impressions":false}', 'data-min-visible-ms': '150' };

/** Stays where it is: what it leads to is not the point. */
const link = (id: string, text = 'open'): string => `<a id="${id}" href="#${id}">${text}</a>`;

const button = (id: string, action: string, more = ''): string =>
  `<button id="${id}" type="button" data-sotto-action="${action}" ${more}>${action}</button>`;

const wide = (id: string, inside: string): string => item(id, 'style="width:300px"', inside);

export const CLICKS: readonly Visit[] = [
  {
    name: 'a link in an item, with list and position',
    options: CLICKS_ONLY,
    pages: { index: list('top', wide('a', link('la')), wide('b', link('lb'))) },
    steps: (visitor) => visitor.click('#lb'),
    expected: ['click b@top#1'],
  },
  {
    name: 'an item that is a link',
    options: CLICKS_ONLY,
    pages: { index: '<a id="a" href="#a" data-sotto-item="a"><b>all of it</b></a>' },
    steps: (visitor) => visitor.click('#a b'),
    expected: ['click a'],
  },
  {
    name: 'an item beside its link is nothing',
    options: CLICKS_ONLY,
    pages: { index: wide('a', link('la') + '<p id="text">text</p>') },
    steps: (visitor) => visitor.click('#text'),
    expected: [],
  },
  {
    name: 'the middle button on a link, not on a button',
    cannot: ONE_BUTTON,
    options: CLICKS_ONLY,
    isAlone: true,
    pages: { index: wide('a', link('la')) + wide('b', button('bb', 'cart')) },
    async steps(visitor) {
      await visitor.click('#bb', 'middle');
      await visitor.click('#la', 'middle');
    },
    expected: ['click a'],
  },
  {
    name: 'the right button is nothing',
    cannot: ONE_BUTTON,
    options: CLICKS_ONLY,
    isAlone: true,
    pages: { index: wide('a', link('la')) },
    async steps(visitor) {
      await visitor.run('void addEventListener("contextmenu", (event) => event.preventDefault())');
      await visitor.click('#la', 'right');
    },
    expected: [],
  },
  {
    name: 'the keyboard: Enter on a link, Enter and the space bar on a button',
    options: CLICKS_ONLY,
    isAlone: true,
    pages: { index: wide('a', link('la')) + wide('b', button('bb', 'cart')) },
    async steps(visitor) {
      await visitor.press('#la', 'Enter');
      await visitor.press('#bb', 'Enter');
      await visitor.press('#bb', 'Space');
    },
    expected: ['click a', 'cart b', 'cart b'],
  },
  {
    name: 'a marked button is its action, and no click',
    options: CLICKS_ONLY,
    pages: {
      index: list('top', wide('a', link('la') + button('ba', 'cart', 'data-sotto-value="2"'))),
    },
    steps: (visitor) => visitor.click('#ba'),
    expected: ['cart a@top#0'],
  },
  {
    name: 'twice is twice',
    options: CLICKS_ONLY,
    pages: { index: wide('a', button('ba', 'like')) },
    async steps(visitor) {
      await visitor.click('#ba');
      await visitor.click('#ba');
    },
    expected: ['like a', 'like a'],
  },
  {
    name: 'a label and its box are one activation',
    options: CLICKS_ONLY,
    pages: {
      index: wide(
        'a',
        '<label id="l" data-sotto-action="wish"><input type="checkbox"> wish</label>',
      ),
    },
    steps: (visitor) => visitor.click('#l'),
    expected: ['wish a'],
  },
  {
    name: 'a form that is sent by its button, and by Enter',
    options: CLICKS_ONLY,
    isAlone: true,
    pages: {
      index: wide(
        'a',
        '<form data-sotto-action="cart" data-sotto-value="3" onsubmit="event.preventDefault()">' +
          '<input id="n" name="n" value="3"><button id="s">add</button></form>',
      ),
    },
    async steps(visitor) {
      await visitor.click('#s');
      await visitor.until('cart a');
      await visitor.press('#n', 'Enter');
    },
    expected: ['cart a', 'cart a'],
  },
  {
    name: 'a page that stops its events',
    options: CLICKS_ONLY,
    pages: {
      index:
        wide('a', link('la')) +
        '<script>$("#la").addEventListener("click", (event) => { event.stopImmediatePropagation(); event.preventDefault() })</script>',
    },
    steps: (visitor) => visitor.click('#la'),
    expected: ['click a'],
  },
  {
    name: 'an item that goes as it is clicked',
    options: CLICKS_ONLY,
    pages: {
      index: wide(
        'a',
        '<button id="x" data-sotto-action="hide" onclick="$(\'#a\').remove()">x</button>',
      ),
    },
    steps: (visitor) => visitor.click('#x'),
    expected: ['hide a'],
  },
  {
    name: 'a link that leads away is not lost',
    options: CLICKS_ONLY,
    pages: { index: wide('a', '<a id="la" href="next">open</a>'), next: '<p>there</p>' },
    async steps(visitor) {
      await visitor.click('#la');
      await visitor.untilTrue('location.pathname.endsWith("next")');
    },
    expected: ['click a'],
  },
  {
    name: 'a shadow tree: the link within, the item around it',
    options: CLICKS_ONLY,
    pages: {
      index:
        wide('a', '<x-card></x-card>') +
        `<script>grow($('x-card'), '<style>:host{display:block;width:200px;height:80px}a{display:block;height:80px}</style><a href="#x">open</a>')</script>`,
    },
    steps: (visitor) => visitor.click('x-card'),
    expected: ['click a'],
  },
  {
    name: 'a form in a shadow tree, sent by its button and by Enter, the item around it',
    options: CLICKS_ONLY,
    isAlone: true,
    pages: {
      index:
        wide('a', '<x-form></x-form>') +
        `<script>const tree = $('x-form').attachShadow({ mode: 'open', delegatesFocus: true });
        tree.innerHTML = '<style>:host,button{display:block;width:200px;height:40px}input{width:9px;position:absolute;right:0}</style>' +
          '<form data-sotto-action="cart"><button>add</button><input></form>';
        tree.addEventListener('submit', (event) => event.preventDefault());</script>`,
    },
    async steps(visitor) {
      await visitor.click('x-form');
      await visitor.until('cart a');
      await visitor.run(
        'void $("x-form").shadowRoot.querySelector("button").setAttribute("tabindex", -1)',
      );
      await visitor.press('x-form', 'Enter');
    },
    expected: ['cart a', 'cart a'],
  },
  {
    name: 'a link of a drawing, in both spellings',
    options: CLICKS_ONLY,
    pages: {
      index: wide(
        'a',
        '<svg width="200" height="90"><a href="#x"><rect id="one" width="80" height="80"/></a>' +
          '<a xlink:href="#y"><rect id="two" x="100" width="80" height="80"/></a></svg>',
      ),
    },
    async steps(visitor) {
      await visitor.click('#one');
      await visitor.click('#two');
    },
    expected: ['click a', 'click a'],
  },
  {
    name: 'an item in an item: the inner one',
    options: CLICKS_ONLY,
    pages: { index: wide('a', wide('b', link('lb'))) },
    steps: (visitor) => visitor.click('#lb'),
    expected: ['click b'],
  },
  {
    name: 'what is to be left alone is, and what is in no item',
    options: CLICKS_ONLY,
    pages: { index: wide('a', `<p data-sotto-ignore>${button('ba', 'cart')}</p>`) + link('none') },
    async steps(visitor) {
      await visitor.click('#ba');
      await visitor.click('#none');
    },
    expected: [],
  },
  {
    name: 'a cart on the product page is credited to the list it was opened from',
    options: CLICKS_ONLY,
    pages: {
      index: list('top', wide('x', 'x'), wide('a', '<a id="la" href="next">open</a>')),
      next: wide('a', button('ba', 'cart')),
    },
    async steps(visitor) {
      await visitor.click('#la');
      await visitor.untilTrue('location.pathname.endsWith("next")');
      await visitor.until('click a@top#1');
      await visitor.click('#ba');
    },
    expected: ['click a@top#1', 'cart a@top#1'],
  },
];
