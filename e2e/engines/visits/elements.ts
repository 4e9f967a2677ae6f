/**
 * @module
 * What happens to elements: they come late, move, change, go, and stand in shadow trees.
 */
import { FAST, SPACE, item, list, type Visit } from '../visit.ts';

export const ELEMENTS: readonly Visit[] = [
  {
    name: 'items that are added later',
    options: FAST,
    pages: { index: list('top', item('a')) },
    async steps(visitor) {
      await visitor.until('impression a@top#0');
      const more = item('b') + item('c');
      await visitor.run(`void add(${JSON.stringify(more)}, $('#top'))`);
    },
    expected: ['impression a@top#0', 'impression b@top#1', 'impression c@top#2'],
  },
  {
    name: 'an item that goes within the second',
    pages: {
      index: item('a') + item('b') + '<script>setTimeout(() => $("#a").remove(), 300)</script>',
    },
    expected: ['impression b'],
  },
  {
    name: 'an item moved up from below the fold',
    options: FAST,
    pages: { index: `<main>${item('a')}</main>${SPACE}${item('b')}` },
    async steps(visitor) {
      await visitor.until('impression a');
      await visitor.run('void $("main").prepend($("#b"))');
    },
    expected: ['impression a', 'impression b'],
  },
  {
    name: 'an item moved to another list is shown there too',
    options: FAST,
    pages: { index: list('one', item('a'), item('b')) + list('two', item('c')) },
    async steps(visitor) {
      await visitor.until('impression a@one#0', 'impression b@one#1', 'impression c@two#0');
      await visitor.run('void $("#two").append($("#a"))');
    },
    expected: [
      'impression a@one#0',
      'impression b@one#1',
      'impression c@two#0',
      'impression a@two#1',
    ],
  },
  {
    name: 'items that are sorted anew are seen once',
    options: FAST,
    pages: { index: list('top', item('a'), item('b'), item('c')) },
    async steps(visitor) {
      await visitor.until('impression a@top#0', 'impression b@top#1', 'impression c@top#2');
      await visitor.run('void $("#top").append($("#b"), $("#a"))');
    },
    expected: ['impression a@top#0', 'impression b@top#1', 'impression c@top#2'],
  },
  {
    name: 'a list that is rendered anew is seen once',
    options: FAST,
    pages: { index: list('top', item('a'), item('b')) },
    async steps(visitor) {
      await visitor.until('impression a@top#0', 'impression b@top#1');
      await visitor.runSlowly(
        '(async () => { for (let n = 0; n < 5; n++) { $("#top").innerHTML += ""; await rendered() } })()',
      );
    },
    expected: ['impression a@top#0', 'impression b@top#1'],
  },
  {
    name: 'an element that is used again for another item',
    options: FAST,
    pages: { index: item('a') },
    async steps(visitor) {
      await visitor.until('impression a');
      await visitor.run('void $("#a").setAttribute("data-sotto-item", "b")');
    },
    expected: ['impression a', 'impression b'],
  },
  {
    name: 'an element used again within the second was neither',
    pages: {
      // By the page itself: a driver may take longer to come than the second that is not to pass.
      index:
        item('a') +
        `<script>
          turns = setInterval(
            () => document.querySelector('#a').setAttribute('data-sotto-item', 'n' + performance.now()),
            300,
          );
        </script>`,
    },
    async steps(visitor) {
      await visitor.wait(1500);
      await visitor.run(
        'void (clearInterval(turns), $("#a").setAttribute("data-sotto-item", "last"))',
      );
    },
    expected: ['impression last'],
  },
  {
    name: 'what is not displayed, until it is',
    options: FAST,
    pages: { index: item('a', 'hidden style="display:none"') + item('b') },
    async steps(visitor) {
      await visitor.until('impression b');
      await visitor.wait(400);
      await visitor.run('void ($("#a").style.display = "block")');
    },
    expected: ['impression a', 'impression b'],
  },
  {
    name: 'closed details, opened',
    options: FAST,
    pages: { index: `<details><summary>more</summary>${item('a')}</details>${item('b')}` },
    async steps(visitor) {
      await visitor.until('impression b');
      await visitor.wait(400);
      await visitor.click('summary');
    },
    expected: ['impression a', 'impression b'],
  },
  {
    name: 'a dialog that is opened',
    options: FAST,
    pages: { index: `<dialog>${item('a')}</dialog>${item('b')}` },
    async steps(visitor) {
      await visitor.until('impression b');
      await visitor.run('void $("dialog").showModal()');
    },
    expected: ['impression a', 'impression b'],
  },
  {
    name: 'rows of a table and links in a line are items too',
    options: FAST,
    pages: {
      index:
        '<table><tr data-sotto-item="row" style="display:table-row"><td>row</td></tr></table>' +
        '<p><a href="#x" data-sotto-item="link" style="display:inline">a link</a></p>',
    },
    expected: ['impression row', 'impression link'],
  },
  {
    name: 'a shadow tree, its list outside',
    options: FAST,
    pages: {
      index:
        '<section data-sotto-list="top"><x-card></x-card></section>' +
        `<script>grow($('x-card'), ${JSON.stringify(item('a') + item('b') + SPACE + item('c'))})</script>`,
    },
    expected: ['impression a@top#0', 'impression b@top#1'],
  },
  {
    name: 'a shadow tree in a shadow tree, put on the page later',
    options: FAST,
    pages: { index: item('a') },
    async steps(visitor) {
      await visitor.until('impression a');
      await visitor.run(
        '(() => { const host = document.createElement("div"); const tree = grow(host, "<p></p>");' +
          `grow(tree.querySelector("p"), ${JSON.stringify(item('b'))}); document.body.append(host) })()`,
      );
    },
    expected: ['impression a', 'impression b'],
  },
  {
    name: 'an item moved from one shadow tree to another is seen once',
    options: FAST,
    pages: {
      index:
        '<i></i><x-one></x-one><x-two></x-two>' +
        `<script>grow($('x-one'), ${JSON.stringify(item('a'))}); grow($('x-two'), '')</script>`,
    },
    async steps(visitor) {
      await visitor.until('impression a');
      await visitor.run(
        `void $('x-two').shadowRoot.append($('x-one').shadowRoot.querySelector('[data-sotto-item]'))`,
      );
      await visitor.wait(500);
      await visitor.run(`void $('x-two').shadowRoot.append(document.createElement('p'))`);
    },
    expected: ['impression a'],
  },
  {
    name: 'an element that is defined after its page',
    options: FAST,
    pages: { index: '<x-late></x-late>' + item('a') },
    async steps(visitor) {
      await visitor.until('impression a');
      await visitor.run(
        `void customElements.define('x-late', class extends HTMLElement { connectedCallback() { grow(this, ${JSON.stringify(item('b'))}) } })`,
      );
    },
    expected: ['impression a', 'impression b'],
  },
  {
    name: 'slotted items belong to the page',
    options: FAST,
    pages: {
      index:
        `<x-shelf>${item('a')}${item('b', 'slot="none"')}</x-shelf>` +
        `<script>grow($('x-shelf'), '<slot></slot>')</script>`,
    },
    expected: ['impression a'],
  },
  {
    name: 'a closed shadow tree keeps its items to itself',
    options: FAST,
    pages: {
      index:
        '<x-card></x-card>' +
        `<script>grow($('x-card'), ${JSON.stringify(item('a'))}, 'closed')</script>${item('b')}`,
    },
    expected: ['impression b'],
  },
  {
    name: 'two hundred items at once',
    options: FAST,
    pages: { index: '<main></main>' },
    async steps(visitor) {
      const card =
        '<div data-sotto-item="ID" style="width:9px;height:9px;margin:1px;float:left"></div>';
      await visitor.run(
        `void ($('main').innerHTML = Array.from({ length: 200 }, (_, n) => ${JSON.stringify(card)}.replace('ID', 'i' + n)).join(''))`,
      );
    },
    expected: Array.from({ length: 200 }, (_, n) => `impression i${n}`),
  },
];
