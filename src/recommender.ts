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
  const { '': kernelUrl, ...otherKernels } = bundledKernels();
  const { workerUrl, ...resolved } = resolveOptions(options, document.baseURI, kernelUrl);
  const { beforeTrack, ...request } = resolved;
  return startRecommender(resolved, {
    // A function cannot be sent.
    request: { ...request, ...(resolved.kernelUrl === kernelUrl && { otherKernels }) },
    spawn: (url = workerUrl ?? undefined) => (url ? spawnWorker(url) : bundledWorker()),
    workerUrl: () => workerUrl ?? bundledWorkerUrl(),
    begun({ destroy }, ended) {
      const { signal } = options;
      signal?.addEventListener('abort', destroy, { signal: ended });
      if (signal?.aborted) destroy();
    },
  });
}

/**
 * Each under what its name has more. A file as small as these some bundlers put into its address,
 * where it would weigh on the page and a policy could refuse to have it read: Vite is told not to.
 */
function bundledKernels() {
  const urls = {
    '': new URL(/* @vite-ignore */ './sotto-kernels.wasm?no-inline', import.meta.url),
    '-relaxed': new URL(
      /* @vite-ignore */ './sotto-kernels-relaxed.wasm?no-inline',
      import.meta.url,
    ),
    '-compact': new URL(
      /* @vite-ignore */ './sotto-kernels-compact.wasm?no-inline',
      import.meta.url,
    ),
    '-compact-relaxed': new URL(
      /* @vite-ignore */ './sotto-kernels-compact-relaxed.wasm?no-inline',
      import.meta.url,
    ),
  };
  // Whoever does not know the word leaves it there.
  const addressOf = ({ href }: URL) => href.replace('?no-inline', '');
  return Object.fromEntries(Object.entries(urls).map(([name, url]) => [name, addressOf(url)]));
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
