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
/** An action that has changed nothing by then changes nothing any more. */
const CAUSE_LASTS_MS = 3000;
let asking = false;
let askAgain = false;
/** Whether `shown` has been told once: the first setting changes nothing, yet is news. */
let told = false;

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
    const changed = change.added > 0 || change.moved > 0;
    say(personal);
    if (changed && because) await sayNews(change, because);
    // Asked before the action was learned: the change is still to come.
    else if (because && performance.now() - because.atMs < CAUSE_LASTS_MS) cause ??= because;
    if (changed || !told) shown(list.map((one) => one.itemId));
    told = true;
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

function say(personal: boolean): void {
  find('#for-you').dataset['personal'] = String(personal);
  find('#for-you-note').textContent = personal
    ? 'Picked in this browser from what you have looked at. Nothing about you was sent anywhere.'
    : 'You are new here, so these are what everyone has been buying lately. Look at something and ' +
      'this list follows you.';
  if (!personal) find('#for-you-status').textContent = '';
}

/** Says what the action did: above the shelf, in the open quick look, to the panel. */
async function sayNews(change: ShelfChange, because: NonNullable<typeof cause>): Promise<void> {
  const took = performance.now() - because.atMs;
  document.dispatchEvent(new CustomEvent('shop:list-ready', { detail: took }));
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
