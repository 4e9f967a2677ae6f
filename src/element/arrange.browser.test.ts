import { expect, test } from 'vitest';
import { arrange } from './arrange.ts';

/** A list of buttons by name, and what puts it in another order. */
function list(names: string) {
  const parent = document.createElement('div');
  const made = new Map<string, HTMLElement>();
  const button = (name: string): HTMLElement => {
    const element = made.get(name) ?? document.createElement('button');
    if (!made.has(name)) element.textContent = name;
    made.set(name, element);
    return element;
  };
  parent.append(...[...names].map(button));
  document.body.replaceChildren(parent);
  return {
    button,
    read: () => parent.textContent,
    arrange: (wanted: string) => arrange(parent, [...parent.children], [...wanted].map(button)),
  };
}

test('puts in order, adds and removes', () => {
  const { arrange, read, button } = list('abcd');
  const b = button('b');
  arrange('dbx');
  expect(read()).toBe('dbx');
  expect(button('b')).toBe(b);
  arrange('');
  expect(read()).toBe('');
  arrange('ab');
  expect(read()).toBe('ab');
});

test('every order is reached from every other, wherever the focus is', () => {
  const orders = ['abcd', 'dcba', 'bd', 'c', 'xbyd', ''];
  for (const from of orders.filter(Boolean)) {
    for (const to of orders) {
      for (const focused of from) {
        const { arrange, read, button } = list(from);
        let blurs = 0;
        button(focused).addEventListener('blur', () => blurs++);
        button(focused).focus();
        arrange(to);
        const stays = to.includes(focused);
        expect(read().replace(stays ? '' : focused, '')).toBe(to);
        expect([document.activeElement, blurs]).toEqual([button(focused), 0]);
        button(focused).blur();
        arrange(to);
        expect(read()).toBe(to);
      }
    }
  }
});

test('what is in order already is not touched', async () => {
  const { arrange } = list('abc');
  let moves = 0;
  const observer = new MutationObserver((records) => (moves += records.length));
  observer.observe(document.body, { childList: true, subtree: true });
  arrange('abc');
  await Promise.resolve();
  observer.disconnect();
  expect(moves).toBe(0);
});
