/**
 * @module
 * The view of one item, with what is similar to it.
 */
import type { Recommender } from 'sotto';
import { cards, shelf, type View } from './view.ts';

const COUNT = 12;

export function itemView(sotto: Recommender, itemId: string): View {
  const header = document.createElement('header');
  // The element says what the page is about, and so counts as a view.
  header.dataset['sottoItem'] = itemId;
  header.dataset['sottoView'] = '';
  const title = document.createElement('h1');
  title.textContent = `Item ${itemId}`;
  header.append(title);
  const { section, note, list } = shelf('Similar', 'similar');
  const leaving = new AbortController();
  void (async () => {
    try {
      const [[self], similar] = await Promise.all([
        sotto.rank([itemId], { signal: leaving.signal }),
        sotto.similar(itemId, { count: COUNT, signal: leaving.signal }),
      ]);
      title.textContent = self.item.title ?? itemId;
      list.replaceChildren(...cards(similar));
    } catch (error) {
      if (!leaving.signal.aborted) note.textContent = (error as Error).message;
    }
  })();
  return { elements: [header, section], leave: () => leaving.abort() };
}
