/**
 * @module
 * The least app that imports the package by its name, to be bundled by those of `e2e/npm*.test.ts`.
 * `?worker=URL` names a worker of the site's own, `?model=URL` another model.
 */
import { createRecommender, type Recommender } from 'sotto';

declare global {
  interface Window {
    starting: Promise<Recommender>;
  }
}

const query = new URLSearchParams(location.search);
const workerUrl = query.get('worker');
window.starting = createRecommender({
  model: query.get('model') ?? '/model/manifest.json',
  ...(workerUrl && { workerUrl }),
});
