/**
 * @module
 * The front page: 'For you', 'Trending', browsing.
 */
import { startBrowse } from './browse.ts';
import { find } from './dom.ts';
import { startForYou } from './forYou.ts';
import { startPage } from './page.ts';
import { productsOf, setShelf } from './shelf.ts';
import { sotto } from './sotto.ts';

const TRENDING = 6;

startPage();
startForYou((itemIds) => void showTrending(itemIds));
void startBrowse();

/** What trends and is not on the shelf above already: for a new visitor the two would be the same. */
async function showTrending(above: readonly string[]): Promise<void> {
  try {
    const list = await sotto().popular({
      count: TRENDING,
      window: 'trending',
      exclude: [...above],
    });
    await setShelf(find('#trending-list'), await productsOf(list));
  } catch (error) {
    find('#trending-note').textContent = `No list just now: ${(error as Error).message}`;
  }
}
