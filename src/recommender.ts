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
  const { beforeTrack, ...request } = resolved;
  return startRecommender(resolved, {
    // A function cannot be sent.
    request,
    createWorker: () => (workerUrl === null ? bundledWorker() : spawnWorker(workerUrl)),
    spawn: spawnWorker,
    workerUrl: () => workerUrl ?? bundledWorkerUrl(),
    signal: options.signal,
  });
}

/** In these forms bundlers see the file and take it along; ours must not, and is told so. */
function bundledWorker(): Worker {
  try {
    return new Worker(new URL(/* @vite-ignore */ './sotto-worker.js', import.meta.url), {
      /* @vite-ignore */ type: 'module',
    });
  } catch {
    // A page that requires trusted types takes no address, but one that the policy has made.
    return spawnWorker(bundledWorkerUrl());
  }
}

/** A bundler tells the address to nobody but a `Worker`: this one only listens. */
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
