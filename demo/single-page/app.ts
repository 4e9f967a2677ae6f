/**
 * @module
 * A single-page shop on the npm entry: the package by its name, navigation by the History API. Two
 * views, 'For you' and one item; the address is `?item=ID`, which any static server answers.
 */
import { createRecommender } from 'sotto';
import type { SottoInspector } from 'sotto/elements';
import { homeView } from './homeView.ts';
import { itemView } from './itemView.ts';

const recommender = await createRecommender({
  model: new URL('../model/manifest.json', document.baseURI).href,
});

/** Stops what the view on screen listens to. */
let leave = (): void => {};

function say(text: string): void {
  const place = document.querySelector('#where');
  if (place) place.textContent = text;
}

function show(): void {
  leave();
  const itemId = new URLSearchParams(location.search).get('item');
  const view = itemId === null ? homeView(recommender) : itemView(recommender, itemId);
  document.querySelector('#view')?.replaceChildren(...view.elements);
  leave = view.leave;
  scrollTo(0, 0);
}

document.addEventListener('click', (event) => {
  const link = (event.target as Element).closest<HTMLAnchorElement>('a[data-route]');
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  history.pushState(null, '', link.href);
  show();
});
addEventListener('popstate', show);
recommender.ready.then(
  ({ retrieval, learner, storage }) => {
    say(`Ranking: ${retrieval}. Learning: ${learner}. Kept in: ${storage}.`);
  },
  (error: Error) => say(error.message),
);
document.querySelector('#forget')?.addEventListener('click', () => void recommender.forget());
const inspector = document.querySelector<SottoInspector>('sotto-inspector');
if (inspector) inspector.recommender = recommender;
// Few visitors open it: the others do not load it.
document
  .querySelector('#inspect')
  ?.addEventListener('toggle', () => void import('sotto/elements'), { once: true });
show();
