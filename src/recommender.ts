/**
 * @module
 * createRecommender: the package's way in. The literal addresses below are what bundlers look for
 * to carry worker and kernels along.
 */
import { SottoError } from './errors.ts';
import type { Options } from './options.ts';
import { resolveOptions } from './resolveOptions.ts';
import { startRecommender } from './recommender/start.ts';
import type { Recommender } from './recommender/types.ts';
import { spawnWorker } from './worker/spawn.ts';

/**
 * Resolves as soon as events are kept; the model loads behind it, see `ready`.
 * @throws {SottoError} `invalid-argument` for a bad option.
 */
export async function createRecommender(options: Options): Promise<Recommender> {
  if (typeof document === 'undefined') {
    throw new SottoError('internal', 'a recommender needs a document');
  }
  const { href } = new URL(/* @vite-ignore */ './sotto-kernels.wasm', import.meta.url);
  const { workerUrl, ...resolved } = resolveOptions(options, document.baseURI, href);
  return startRecommender(resolved, {
    // What a function is, or stands for nothing but this page, is no part of it.
    request: resolved,
    createWorker: () =>
      workerUrl === null
        ? // In this form bundlers see the file and take it along; ours must not, and is told so.
          new Worker(new URL(/* @vite-ignore */ './sotto-worker.js', import.meta.url), {
            /* @vite-ignore */ type: 'module',
          })
        : spawnWorker(workerUrl),
    workerUrl: () => workerUrl ?? bundledWorkerUrl(),
    signal: options.signal,
  });
}

/**
 * Where a bundler has put the worker. It tells nobody but a `Worker`, so this one only listens: the
 * address is needed where the page requires trusted types, or allows no worker.
 */
function bundledWorkerUrl(): string {
  let found = '';
  const Worker = class {
    constructor(url: URL, _options: WorkerOptions) {
      found = url.href;
    }
  };
  new Worker(new URL(/* @vite-ignore */ './sotto-worker.js', import.meta.url), {
    /* @vite-ignore */ type: 'module',
  });
  return found;
}
