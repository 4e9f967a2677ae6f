/**
 * @module
 * Where items stand: in boxes that scroll, in windows that change their size, under zoom.
 */
import { FAST, SPACE, TooSlow, item, itemAt, list, type Visit } from '../visit.ts';

const box = (id: string, content: string, style = ''): string =>
  `<div id="${id}" style="height:150px;overflow:auto;position:relative;${style}">${content}</div>`;

const GAP = '<div style="height:400px"></div>';

const carousel = (...items: string[]): string =>
  `<div id="row" data-sotto-list="row" style="display:flex;width:320px;overflow-x:auto">${items
    .map((one) => `<div style="flex:none;width:110px">${one}</div>`)
    .join('')}</div>`;

export const SCROLLERS: readonly Visit[] = [
  {
    name: 'in a box that scrolls, only what the box shows',
    options: FAST,
    pages: { index: box('box', item('a') + GAP + item('b')) },
    expected: ['impression a'],
  },
  {
    name: 'a box that is scrolled shows the next',
    options: FAST,
    pages: { index: box('box', item('a') + GAP + item('b')) },
    async steps(visitor) {
      await visitor.until('impression a');
      await visitor.run('void ($("#box").scrollTop = 9999)');
    },
    expected: ['impression a', 'impression b'],
  },
  {
    name: 'a box within a box below the fold',
    options: FAST,
    pages: {
      index:
        SPACE +
        box('outer', GAP + box('inner', item('a') + GAP + item('b')), 'height:300px') +
        SPACE,
    },
    async steps(visitor) {
      await visitor.run('void ($("#inner").scrollTop = 9999, $("#outer").scrollTop = 9999)');
      await visitor.wait(600);
      await visitor.scrollTo('#outer');
    },
    expected: ['impression b'],
  },
  {
    name: 'a carousel, moved by two',
    options: FAST,
    pages: { index: carousel(...['a', 'b', 'c', 'd', 'e', 'f'].map((id) => item(id))) },
    async steps(visitor) {
      await visitor.until('impression a@row#0', 'impression b@row#1', 'impression c@row#2');
      await visitor.run('void ($("#row").scrollLeft = 220)');
    },
    expected: ['a', 'b', 'c', 'd', 'e'].map((id, place) => `impression ${id}@row#${place}`),
  },
  {
    name: 'a box that clips half and more of it',
    options: FAST,
    pages: {
      index:
        `<div style="height:44px;overflow:hidden">${item('a')}</div>` +
        `<div style="height:64px;overflow:hidden">${item('b')}</div>`,
    },
    expected: ['impression b'],
  },
  {
    name: 'a wider window shows more',
    options: FAST,
    // Nothing to be seen before the window is narrow.
    pages: {
      index: '',
      shown: itemAt('a', 'left:0;top:0') + itemAt('b', 'left:680px;top:0'),
    },
    async steps(visitor) {
      await visitor.resize(500, 400);
      await visitor.untilTrue('innerWidth < 600');
      await visitor.open('shown');
      await visitor.until('impression a');
      await visitor.wait(400);
      const before = await visitor.events();
      if (before.length !== 1) throw new Error(`in the narrow window: ${JSON.stringify(before)}`);
      await visitor.resize(800, 600);
    },
    expected: ['impression a', 'impression b'],
    isAlone: true,
    spoilsWindow: true,
  },
  {
    name: 'a window that is made low in the middle of a second',
    // Long seconds: a driver takes its time to make a window low.
    options: { 'data-min-visible-ms': '4000' },
    pages: { index: `<div style="height:330px"></div>${item('a')}` },
    isAlone: true,
    spoilsWindow: true,
    steps: (visitor) => visitor.resize(800, 300),
    expected: [],
  },
  {
    name: 'zoomed in, an item leaves the window',
    options: FAST,
    pages: { index: item('a') + itemAt('b', 'left:0;top:350px') },
    async steps(visitor) {
      await visitor.until('impression a', 'impression b');
      await visitor.run('sotto.forget()');
      await visitor.run('void (document.documentElement.style.zoom = 2)');
      // A page view of its own, as the zoom is kept: only what is in view is counted in it.
      await visitor.run('void (history.pushState(null, "", "?zoomed"), add("<i></i>"))');
    },
    expected: ['impression a'],
  },
  {
    name: 'zoomed in, half of it is still half',
    options: FAST,
    pages: {
      index:
        '<script>document.documentElement.style.zoom = 1.5</script>' +
        itemAt('half', 'bottom:-50px;left:0') +
        itemAt('less', 'bottom:-60px;left:200px'),
    },
    expected: ['impression half'],
  },
  {
    name: 'scaled up, a small item is large',
    options: FAST,
    pages: {
      index:
        itemAt('a', 'width:300px;height:220px;left:0;top:-290px;transform-origin:0 0;scale:2') +
        itemAt('b', 'width:200px;height:100px;left:0;bottom:-30px;transform-origin:0 0;scale:2'),
    },
    expected: ['impression a'],
  },
  {
    name: 'an item scaled to nothing, and then not',
    options: FAST,
    pages: { index: item('a', 'style="transform:translateX(-200vw)"') + item('b') },
    async steps(visitor) {
      await visitor.until('impression b');
      await visitor.wait(400);
      await visitor.run('void ($("#a").style.transform = "none")');
    },
    expected: ['impression a', 'impression b'],
  },
  {
    name: 'a picture that loads late pushes items out of view',
    pages: {
      // By the page itself: a driver may take longer to come than the second that is not to pass.
      index:
        '<div id="picture"></div>' +
        list('top', item('a')) +
        `<script>
          const shownMs = performance.now();
          setTimeout(() => {
            document.querySelector('#picture').style.height = '200vh';
            requestAnimationFrame(() => setTimeout(() => (inViewMs = performance.now() - shownMs)));
          }, 600);
        </script>`,
    },
    async steps(visitor) {
      await visitor.untilTrue('window.inViewMs');
      const inViewMs = Number(await visitor.run('window.inViewMs'));
      if (inViewMs > 950) throw new TooSlow(`the picture took ${inViewMs} ms`);
    },
    expected: [],
  },
];
