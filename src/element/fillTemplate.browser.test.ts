import { expect, test } from 'vitest';
import type { ItemMetadata, Recommendation } from '../index.ts';
import { fillTemplate, plain } from './fillTemplate.ts';
import { formatPrice } from './formatPrice.ts';
import { safeUrl } from './safeUrl.ts';
import { SottoItem } from './elements.ts';

function recommendation(item: ItemMetadata, itemId = 'x'): Recommendation {
  return { itemId, score: 1, rank: 3, source: 'personal', item };
}

function fill(html: string, item: ItemMetadata): HTMLElement {
  const template = document.createElement('template');
  template.innerHTML = html;
  return fillTemplate(template, recommendation(item), (_, value) => plain(value));
}

const EVIL = '<img src=x onerror="window.wasRun=1">';

test('fills text, alternatives and addresses', () => {
  const filled = fill(
    `<a data-sotto-href="url"><img data-sotto-src="image" data-sotto-alt="title">
     <b data-sotto-text="title"></b><i data-sotto-text="categories"></i>
     <u data-sotto-text="rank"></u><s data-sotto-text="itemId"></s></a>`,
    { title: 'Lamp', url: '/p/1', image: 'i.jpg', categories: ['Light', 'Home'] },
  );
  expect(filled.tagName).toBe('A');
  expect((filled as HTMLAnchorElement).href).toBe(new URL('/p/1', document.baseURI).href);
  expect(filled.querySelector('img')?.src).toBe(new URL('i.jpg', document.baseURI).href);
  expect(filled.querySelector('img')?.alt).toBe('Lamp');
  const texts = [...filled.querySelectorAll('b, i, u, s')].map(({ textContent }) => textContent);
  expect(texts).toEqual(['Lamp', 'Light, Home', '3', 'x']);
});

test('several roots are wrapped, text beside one is not lost', () => {
  const filled = fill('<b data-sotto-text="title"></b><i></i>', { title: 'Lamp' });
  expect([filled.tagName, filled.children.length]).toEqual(['DIV', 2]);
});

test('what a catalogue holds is never parsed and never run', () => {
  const filled = fill(
    `<div><b data-sotto-text="title"></b><a data-sotto-href="url">a</a>
     <img data-sotto-src="image" data-sotto-alt="title">
     <iframe data-sotto-src="frame"></iframe><form data-sotto-href="url"></form>
     <i data-sotto-text="constructor"></i></div>`,
    { title: EVIL, url: 'javascript:window.wasRun=1', image: 'javascript:0', frame: '/x' },
  );
  document.body.append(filled);
  expect(filled.querySelector('b')?.textContent).toBe(EVIL);
  expect(filled.querySelectorAll('img').length).toBe(1);
  expect(filled.querySelector('img')?.alt).toBe(EVIL);
  for (const selector of ['a', 'img', 'iframe', 'form']) {
    const element = filled.querySelector(selector);
    expect([element?.getAttribute('href'), element?.getAttribute('src')]).toEqual([null, null]);
  }
  expect(filled.querySelector('i')?.textContent).toBe('');
  filled.remove();
  expect('wasRun' in window).toBe(false);
});

test('an item without a template is as careful', () => {
  const element = new SottoItem();
  element.fill(
    '85048',
    { title: EVIL, url: ' JaVaScRiPt:alert(1)', image: 'data:text/html,x' },
    null,
  );
  const root = element.shadowRoot as ShadowRoot;
  expect(root.querySelector('[part=title]')?.textContent).toBe(EVIL);
  expect(root.querySelector('img')).toBeNull();
  expect(root.querySelector('a')?.hasAttribute('href')).toBe(false);
});

test('addresses that lead somewhere are let through, whatever runs is not', () => {
  expect(safeUrl('p/1')).toBe(new URL('p/1', document.baseURI).href);
  expect(safeUrl('//cdn.example/a')).toBe(`${location.protocol}//cdn.example/a`);
  for (const bad of [
    'javascript:1',
    'java\nscript:1',
    'vbscript:1',
    'data:text/html,1',
    'blob:x',
  ]) {
    expect(safeUrl(bad)).toBeNull();
  }
  for (const bad of ['', null, undefined, 7, {}, 'http://[']) expect(safeUrl(bad)).toBeNull();
  expect(safeUrl('data:image/png;base64,AA==', true)).toBe('data:image/png;base64,AA==');
  expect(safeUrl('data:image/png;base64,AA==')).toBeNull();
});

test('prices are written as the page’s language does, and a wrong currency breaks nothing', () => {
  expect(formatPrice(2.5, 'GBP', 'en-GB')).toBe('£2.50');
  expect(formatPrice(2.5, 'EUR', 'de')).toBe('2,50\u00a0€');
  expect(formatPrice(2.5, 'no currency', 'en')).toBe('2.5 no currency');
  expect([formatPrice('2', 'GBP', 'en'), formatPrice(NaN, 'GBP', 'en')]).toEqual([null, null]);
  expect(formatPrice(2, null, 'en')).toBeNull();
});
