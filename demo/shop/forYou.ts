/**
 * @module
 * 'For you': asks for the visitor's list, and asks again whenever Sotto says that it is stale.
 */
import { basketLines } from './basket.ts';
import { loadCatalogue } from './catalogue.ts';
import { openDialog } from './dialog.ts';
import { find } from './dom.ts';
import { formatMs } from './format.ts';
import { productsOf, setShelf, type ShelfChange } from './shelf.ts';
import { sotto } from './sotto.ts';

const COUNT = 12;

/** The newest event that can change the list, until the list has been asked for again. */
let cause: { itemId: string; action: string; atMs: number } | null = null;
let asking = false;
let askAgain = false;

/** @param shown - told after every setting, with the ids now on the shelf. */
export function startForYou(shown: (itemIds: readonly string[]) => void): void {
  sotto().on('event', (event) => {
    if (event.action === 'impression' || event.action === 'dwell') return;
    cause = { itemId: event.itemId, action: event.action, atMs: performance.now() };
  });
  sotto().on('update', () => void refresh(shown));
  void refresh(shown);
}

async function refresh(shown: (itemIds: readonly string[]) => void): Promise<void> {
  if (asking) {
    askAgain = true;
    return;
  }
  asking = true;
  const because = cause;
  cause = null;
  try {
    const list = await sotto().recommend({
      count: COUNT,
      exclude: basketLines().map((line) => line.itemId),
    });
    const change = await setShelf(find('#for-you-list'), await productsOf(list), { why: true });
    const personal = list.some((one) => one.source === 'personal');
    say(personal, change, because);
    if (because) await sayNews(change, because);
    shown(list.map((one) => one.itemId));
  } catch (error) {
    find('#for-you-note').textContent = `No list just now: ${(error as Error).message}`;
  } finally {
    asking = false;
  }
  if (askAgain) {
    askAgain = false;
    await refresh(shown);
  }
}

function say(personal: boolean, change: ShelfChange, because: typeof cause): void {
  find('#for-you').dataset['personal'] = String(personal);
  find('#for-you-note').textContent = personal
    ? 'Picked in this browser from what you have looked at. Nothing about you was sent anywhere.'
    : 'You are new here, so these are what everyone has been buying lately. Look at something and ' +
      'this list follows you.';
  if (!because || (change.added === 0 && change.moved === 0)) return;
  find('#for-you-status').textContent = described(change);
}

/** The line in the open quick look, and the pill that leads back up to the shelf. */
async function sayNews(change: ShelfChange, because: NonNullable<typeof cause>): Promise<void> {
  const took = performance.now() - because.atMs;
  document.dispatchEvent(new CustomEvent('shop:list-ready', { detail: took }));
  if (change.added === 0 && change.moved === 0) return;
  const catalogue = await loadCatalogue();
  const title = catalogue.products[catalogue.rowOf.get(because.itemId) ?? -1]?.title ?? 'that';
  const news = `‘For you’ has changed: ${described(change)}, because of ${title}.`;
  const line = openDialog()?.querySelector('[data-list-news]');
  if (line) line.textContent = `${news} Worked out here in ${formatMs(took)}.`;
  find('#for-you-status').textContent = news;
}

function described({ added, moved }: ShelfChange): string {
  const parts = [added > 0 ? `${added} new` : '', moved > 0 ? `${moved} moved` : ''].filter(
    Boolean,
  );
  return parts.join(', ');
}
