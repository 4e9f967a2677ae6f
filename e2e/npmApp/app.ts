/**
 * @module
 * The least app that imports the package by its name; `e2e/npmHosts.test.ts` bundles it.
 */
import { createRecommender, type Recommender } from 'sotto';

declare global {
  interface Window {
    starting: Promise<Recommender>;
  }
}

window.starting = createRecommender({ model: '/model/manifest.json' });
