/**
 * @module
 * View: what is on screen and how to leave it. Also the list of cards that both views show.
 */
import type { Recommendation } from 'sotto';

export interface View {
  elements: readonly Node[];
  leave: () => void;
}

const pounds = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP' });

export function cards(list: readonly Recommendation[]): Node[] {
  return list.map(({ itemId, item, source }) => {
    const card = document.createElement('article');
    card.className = 'card plain-card';
    card.dataset['sottoItem'] = itemId;
    card.dataset['source'] = source;
    card.dataset['department'] = item.categories?.[0] ?? '';
    const link = document.createElement('a');
    link.href = `?item=${encodeURIComponent(itemId)}`;
    link.dataset['route'] = '';
    link.textContent = item.title ?? itemId;
    const facts = document.createElement('p');
    facts.className = 'soft small';
    facts.textContent = [pounds.format(item.price ?? 0), item.categories?.[0]].join(' · ');
    card.append(link, facts);
    return card;
  });
}

/** A heading, a line below it and an empty shelf. */
export function shelf(
  title: string,
  listId: string,
  level: 'h1' | 'h2' = 'h2',
): { section: HTMLElement; note: HTMLElement; list: HTMLElement } {
  const section = document.createElement('section');
  const heading = document.createElement(level);
  heading.className = 'shelf-title';
  heading.textContent = title;
  const note = document.createElement('p');
  note.className = 'soft';
  const list = document.createElement('div');
  list.className = 'shelf';
  list.id = listId;
  list.dataset['sottoList'] = listId;
  const head = document.createElement('div');
  head.className = 'shelf-head';
  head.append(heading, note);
  section.append(head, list);
  return { section, note, list };
}
