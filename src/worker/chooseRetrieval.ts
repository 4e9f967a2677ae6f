/**
 * @module
 * Which engine ranks. The one that came with the model serves at once; WebGPU takes its place when
 * it was asked for, or when it has measured faster here.
 *
 * Measured, never assumed: with real norms WASM passes over most rows and answers a large catalogue
 * in less time than many a GPU takes to hand a result back. And only for catalogues so large that
 * a GPU could win: a copy of the factors on it is not free.
 *
 * A GPU can be lost at any time. The call that finds it so is answered by the engine that came with
 * the model, as are all after it.
 */
import { asSottoError, loaded, type SottoError } from '../errors.ts';
import type { Model } from '../model/model.ts';
import type { ImmediateRetrievalEngine, RetrievalEngine } from '../model/retrieval/types.ts';
import type { OpenRequest } from './api.ts';
import { breathe } from './breathe.ts';

/** `auto` leaves smaller catalogues to WASM without looking for a GPU. */
const AUTO_LEAST_ROWS = 250_000;

export interface RetrievalNeeds {
  wanted: OpenRequest['retrieval'];
  /** What came with the model. */
  given: ImmediateRetrievalEngine;
  model: Model;
  /** tfjs', where it computes on WebGPU. */
  sharedDevice: GPUDevice | null;
  /** Told when what was asked for cannot be had, or no longer. */
  warn: (error: SottoError) => void;
}

/** @returns an engine whose `name` is that of whichever serves now. Never rejects. */
export async function chooseRetrieval(needs: RetrievalNeeds): Promise<RetrievalEngine> {
  const { wanted, model, warn } = needs;
  const given = wanted === 'typescript' ? await plainEngine(model) : needs.given;
  let serving: RetrievalEngine = given;
  let isDisposed = false;

  function serve(engine: RetrievalEngine): void {
    if (isDisposed) engine.dispose();
    else serving = engine;
  }

  // Few devices come to use a GPU: what ranks on it is downloaded only here.
  if (wanted === 'webgpu') {
    await import('./openWebGpu.ts')
      .then(({ openWebGpu }) => openWebGpu(needs.sharedDevice, model, true))
      .then(serve, (thrown: unknown) => warn(asSottoError(thrown)));
  } else if (wanted === 'auto' && model.factors.rows >= AUTO_LEAST_ROWS) {
    // Behind the first lists, which need not wait for it. Nobody asked: no warning when there is none.
    void import('./openWebGpu.ts')
      .then(({ openIfWorthwhile }) => openIfWorthwhile(needs.sharedDevice, model, given))
      .then((engine) => engine && serve(engine))
      .catch(() => undefined);
  }

  return {
    get name() {
      return serving.name;
    },
    topK(query) {
      const asked = serving;
      const answer = asked.topK(query);
      if (!(answer instanceof Promise)) return breathe(answer);
      return answer.catch((thrown: unknown) => {
        const error = asSottoError(thrown);
        if (error.code !== 'webgpu-unavailable') throw error;
        if (serving === asked && !isDisposed) {
          serving = given;
          asked.dispose();
          warn(error);
        }
        return given.topK(query);
      });
    },
    dispose() {
      isDisposed = true;
      serving.dispose();
      if (serving !== given) given.dispose();
    },
  };
}

async function plainEngine({ factors }: Model): Promise<ImmediateRetrievalEngine> {
  const { createReferenceRetrieval } = await loaded(import('../model/retrieval/seldom.ts'));
  return createReferenceRetrieval(factors);
}
