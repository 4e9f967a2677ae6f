/**
 * @module
 * What every page of the shop has: search, the basket's count, the panel.
 */
import { basketCount, onBasketChange } from './basket.ts';
import { find } from './dom.ts';
import { startPanel } from './panel.ts';

export function startPage(): void {
  const count = find('#basket-count');
  const showCount = (): void => {
    count.textContent = String(basketCount());
  };
  onBasketChange(showCount);
  showCount();
  find('#search').addEventListener('submit', (event) => {
    event.preventDefault();
    const words = find<HTMLInputElement>('#search input').value.trim();
    // After '#': what one searches for stays in the browser.
    location.href = `index.html#browse?${new URLSearchParams({ q: words }).toString()}`;
  });
  startPanel();
}
