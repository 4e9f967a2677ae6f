/**
 * @module
 * The rule: how much of an item, for how long, and in whose sight.
 */
import { FAST, SPACE, TooSlow, item, itemAt, list, type Visit } from '../visit.ts';

export const IMPRESSIONS: readonly Visit[] = [
  {
    name: 'a page that stands still: what is in view, and not what is below',
    pages: { index: item('a') + item('b') + SPACE + item('c') },
    expected: ['impression a', 'impression b'],
  },
  {
    name: 'a glimpse of under a second is none',
    pages: { index: item('a') + SPACE + item('b') + SPACE },
    steps: (visitor) => visitor.glimpse('#b', 300, 900),
    expected: ['impression a'],
  },
  {
    name: 'two glimpses do not add up to a second',
    pages: { index: SPACE + item('b') + SPACE },
    async steps(visitor) {
      await visitor.glimpse('#b', 550, 900);
      await visitor.glimpse('#b', 550, 900);
    },
    expected: [],
  },
  {
    name: 'a second at the end of the page, and back: once each',
    pages: { index: item('a') + SPACE + item('b') + SPACE },
    async steps(visitor) {
      await visitor.until('impression a');
      await visitor.scrollTo('#b');
      await visitor.until('impression b');
      await visitor.scrollTo('#a');
    },
    expected: ['impression a', 'impression b'],
  },
  {
    name: 'stays at three places of a long page',
    options: FAST,
    pages: { index: SPACE + item('a') + SPACE + item('b') + SPACE + item('c') + SPACE },
    async steps(visitor) {
      for (const id of ['a', 'b', 'c']) {
        await visitor.scrollTo(`#${id}`);
        await visitor.until(`impression ${id}`);
      }
    },
    expected: ['impression a', 'impression b', 'impression c'],
  },
  {
    name: 'a flight over eighty items counts where it ends',
    pages: {
      index:
        SPACE + Array.from({ length: 80 }, (_, n) => item(`i${n}`)).join('') + SPACE + item('z'),
    },
    async steps(visitor) {
      const longestMs = Number(
        await visitor.runSlowly('fly(["#i0", "#i20", "#i40", "#i60", "#i79", "#z"])'),
      );
      if (longestMs > 900) throw new TooSlow(`one step of the flight took ${longestMs} ms`);
    },
    expected: ['impression z'],
  },
  {
    name: 'the wheel brings items into view',
    options: FAST,
    pages: { index: `<div style="height:110vh"></div>${item('a')}${SPACE}` },
    async steps(visitor) {
      await visitor.wheel(500);
    },
    expected: ['impression a'],
  },
  {
    name: 'half of it is enough, a tenth less is not',
    options: FAST,
    pages: {
      index:
        itemAt('half', 'bottom:-50px;left:0') +
        itemAt('less', 'bottom:-60px;left:200px') +
        itemAt('beside', 'top:0;left:-50px') +
        itemAt('corner', 'top:-40px;left:300px'),
    },
    expected: ['impression half', 'impression beside', 'impression corner'],
  },
  {
    name: 'a corner is a product of two halves',
    options: FAST,
    pages: {
      index: itemAt('a', 'bottom:-50px;left:-50px') + itemAt('b', 'bottom:-20px;left:-20px'),
    },
    expected: ['impression b'],
  },
  {
    name: 'of a large item, 30 %',
    options: FAST,
    pages: {
      index:
        itemAt('large', 'width:600px;height:500px;bottom:-345px;left:0') +
        itemAt('hidden', 'width:600px;height:500px;top:-360px;left:0'),
    },
    expected: ['impression large'],
  },
  {
    name: 'up to 242,000 px² an item is not large',
    options: FAST,
    pages: {
      index:
        itemAt('below', 'width:550px;height:440px;bottom:-300px;left:0') +
        itemAt('above', 'width:551px;height:440px;top:-300px;left:0'),
    },
    expected: ['impression above'],
  },
  {
    name: 'of what is taller than the window, 30 % again',
    options: FAST,
    pages: {
      index:
        itemAt('a', 'top:0;width:300px;height:300vh') +
        itemAt('b', 'top:0;left:320px;width:300px;height:400vh'),
    },
    expected: ['impression a'],
  },
  {
    name: 'a rule of the site’s own: all of it',
    options: { ...FAST, 'data-min-visible-ratio': '1' },
    pages: { index: item('a') + itemAt('b', 'bottom:-5px;left:0') },
    expected: ['impression a'],
  },
  {
    name: 'once for each list that shows it, with its position',
    options: FAST,
    pages: {
      index:
        list('top', item('a'), item('b')) +
        list('similar', '<div data-sotto-item="b">b</div>', '<div data-sotto-item="b">again</div>'),
    },
    expected: ['impression a@top#0', 'impression b@top#1', 'impression b@similar#0'],
  },
  {
    name: 'what is to be left alone is',
    options: FAST,
    pages: { index: `<div data-sotto-ignore>${item('a')}</div>${item('b')}` },
    expected: ['impression b'],
  },
  {
    name: 'nothing while paused',
    options: FAST,
    pages: { index: item('a') + SPACE + item('b') + SPACE },
    async steps(visitor) {
      await visitor.until('impression a');
      await visitor.run('void sotto.pause()');
      await visitor.scrollTo('#b');
      await visitor.wait(600);
      await visitor.scrollTo('#a');
      await visitor.run('void sotto.resume()');
    },
    expected: ['impression a'],
  },
  {
    name: 'consent given later keeps what has waited',
    options: { ...FAST, 'data-require-consent': '' },
    pages: { index: item('a') },
    async steps(visitor) {
      await visitor.wait(800);
      const before = await visitor.run(
        'sotto.exportData().then((lines) => lines.includes("setting"))',
      );
      if (before !== false) throw new Error('something was stored before there was consent');
      await visitor.run('sotto.setConsent("granted")');
    },
    expected: ['impression a'],
  },
  {
    name: 'consent refused leaves nothing',
    options: { ...FAST, 'data-require-consent': '' },
    pages: { index: item('a') + SPACE + item('b') + SPACE },
    async steps(visitor) {
      await visitor.wait(500);
      await visitor.run('sotto.setConsent("denied")');
      await visitor.scrollTo('#b');
      await visitor.wait(500);
    },
    expected: [],
  },
  {
    name: 'a window in a tab behind counts when it is looked at',
    isAlone: true,
    options: FAST,
    pages: { index: 'first', shown: `<div id="p" data-sotto-view data-sotto-item="p">p</div>` },
    async steps(visitor) {
      await visitor.hide();
      // A hidden window takes no address, a page that goes on to another by itself does.
      await visitor.run(
        `void setTimeout(() => location.assign(${JSON.stringify(visitor.addressOf('shown'))}))`,
      );
      await visitor.untilTrue(
        'location.pathname.endsWith("shown") && document.readyState === "complete"',
      );
      await visitor.wait(800);
      const before = await visitor.events();
      if (before.length > 0) throw new Error(`hidden, but ${JSON.stringify(before)}`);
      await visitor.show();
    },
    expected: ['impression p', 'view p'],
  },
  {
    name: 'another tab in the middle of a second begins it anew',
    isAlone: true,
    pages: { index: SPACE + item('a') + SPACE },
    async steps(visitor) {
      await visitor.runSlowly(
        '(async () => { $("#a").scrollIntoView(); window.sinceMs = performance.now(); await rendered() })()',
      );
      await visitor.hide();
      await visitor.untilTrue('document.hidden');
      await visitor.wait(1500);
      const hidden = await visitor.events();
      await visitor.show();
      await visitor.untilTrue('!document.hidden');
      const atOnce = await visitor.events();
      if (hidden.length + atOnce.length > 0) throw new Error('time behind counted as time in view');
    },
    expected: ['impression a'],
  },
  {
    name: 'a tab that is hidden for a moment begins its time anew',
    isAlone: true,
    options: { 'data-min-visible-ms': '3000' },
    pages: {
      index:
        item('a') +
        `<script>
        addEventListener('visibilitychange', () => { if (!document.hidden) window.shownMs = performance.now() });
        sotto.on('event', () => { window.seenMs = performance.now() });
        </script>`,
    },
    async steps(visitor) {
      await visitor.untilTrue('!document.hidden');
      await visitor.hide();
      await visitor.untilTrue('document.hidden');
      await visitor.show();
      await visitor.until('impression a');
      const afterMs = Number(await visitor.run('seenMs - shownMs'));
      if (!(afterMs >= 2990)) throw new Error(`seen ${afterMs} ms after it was shown again`);
    },
    expected: ['impression a'],
  },
  {
    name: 'a tab that stays behind sees nothing',
    spoilsWindow: true,
    isAlone: true,
    options: FAST,
    pages: { index: SPACE + item('a') + SPACE },
    async steps(visitor) {
      await visitor.hide();
      await visitor.untilTrue('document.hidden');
      await visitor.scrollTo('#a');
      await visitor.wait(800);
    },
    expected: [],
  },
];
