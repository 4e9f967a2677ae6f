/**
 * @module
 * createRecommender: the package's way in. The literal addresses below are what bundlers look for
 * to carry worker and kernels along.
 */
import type { Options } from './options.ts';
import { startRecommender } from './recommender/start.ts';
import type { Recommender } from './recommender/types.ts';
import { spawnWorker } from './worker/spawn.ts';

/**
 * Resolves as soon as events are kept; the model loads behind it, see `ready`.
 * @throws {SottoError} `invalid-argument` for a bad option.
 */
export function createRecommender(options: Options): Promise<Recommender> {
  return startRecommender(options, {
    createWorker: (url) =>
      url === null
        ? // In this form bundlers see the file and take it along; ours must not, and is told so.
          new Worker(new URL(/* @vite-ignore */ './sotto-worker.js', import.meta.url), {
            /* @vite-ignore */ type: 'module',
          })
        : spawnWorker(url),
    kernelUrl: new URL(/* @vite-ignore */ './sotto-kernels.wasm', import.meta.url).href,
  });
}
