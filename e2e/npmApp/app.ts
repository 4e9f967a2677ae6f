/**
 * @module
 * The least app that imports the package by its name, to be bundled by those of `e2e/npm*.test.ts`.
 * `?worker=URL` names a worker of the site's own.
 */
import { createRecommender, type Recommender } from 'sotto';

declare global {
  interface Window {
    starting: Promise<Recommender>;
  }
}

const workerUrl = new URLSearchParams(location.search).get('worker');
window.starting = createRecommender({
  model: '/model/manifest.json',
  ...(workerUrl && { workerUrl }),
});
