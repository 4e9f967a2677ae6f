/**
 * @module
 * The home view: 'For you', asked for again at every update while it is on screen.
 */
import type { Recommender } from 'sotto';
import { cards, shelf, type View } from './view.ts';

const COUNT = 24;

export function homeView(sotto: Recommender): View {
  const { section, note, list } = shelf('For you', 'for-you', 'h1');
  const leaving = new AbortController();
  const refresh = async (): Promise<void> => {
    try {
      const found = await sotto.recommend({ count: COUNT, signal: leaving.signal });
      list.replaceChildren(...cards(found));
      note.textContent = found.some((one) => one.source === 'personal')
        ? 'From what you looked at, worked out in this browser.'
        : 'What everyone has been buying lately. Open something, come back, and see.';
    } catch (error) {
      if (!leaving.signal.aborted) note.textContent = (error as Error).message;
    }
  };
  const off = sotto.on('update', () => void refresh());
  void refresh();
  return {
    elements: [section],
    leave: () => {
      off();
      leaving.abort();
    },
  };
}
