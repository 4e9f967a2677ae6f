/**
 * @module
 * startWorker: the page's end of the worker. Every failure comes out as a SottoError; a worker that
 * cannot start, or no longer answers, never leaves a caller waiting.
 */
import { wrap } from 'comlink';
import { SottoError, asSottoError } from '../errors.ts';
import type { Answer, ModelInfo, OpenRequest, WorkerApi } from './api.ts';
import { unwrapAnswer } from './wireErrors.ts';

/** A worker that has crashed says nothing: this long after a question it counts as gone. */
const ANSWER_TIMEOUT_MS = 30_000;

export type Method = Exclude<keyof WorkerApi, 'open' | 'close'>;
export type Asked<M extends Method> = Parameters<WorkerApi[M]>;
export type Answered<M extends Method> =
  ReturnType<WorkerApi[M]> extends Promise<Answer<infer T>> ? T : never;

export interface WorkerClient {
  /** Rejects when the worker or the model cannot be had; asking rejects likewise then. */
  readonly ready: Promise<ModelInfo>;
  /** Waits until the worker is ready. */
  ask<M extends Method>(method: M, ...given: Asked<M>): Promise<Answered<M>>;
  /** Whatever is still waiting rejects with `destroyed`. */
  close(): void;
}

/** @param create - may throw, as `new Worker` does under some policies. */
export function startWorker(create: () => Worker, request: OpenRequest): WorkerClient {
  let fail!: (error: SottoError) => void;
  // Loses every race until the worker fails.
  const failed = new Promise<never>((_, reject) => (fail = reject));
  let worker: Worker | undefined;
  let api: WorkerApi;

  const open = async (): Promise<ModelInfo> => {
    try {
      worker = create();
    } catch (error) {
      throw asSottoError(error, 'worker-unavailable');
    }
    // Loading failed (no message then), or something in it was not caught.
    worker.onerror = ({ message }) =>
      fail(
        new SottoError(
          'worker-unavailable',
          `the worker ${message ? `failed: ${message}` : 'could not be loaded'}`,
        ),
      );
    api = wrap<WorkerApi>(worker) as unknown as WorkerApi;
    return unwrapAnswer(await api.open(request));
  };
  const ready = Promise.race([open(), failed]);
  // Not every caller asks; a rejection that nobody awaits must not reach the page.
  ready.catch(() => {});
  failed.catch(() => {});

  return {
    ready,
    async ask(method, ...given) {
      await ready;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(
          () =>
            reject(
              new SottoError(
                'worker-unavailable',
                `the worker did not answer ${method} within ${ANSWER_TIMEOUT_MS} ms`,
              ),
            ),
          ANSWER_TIMEOUT_MS,
        );
      });
      const asked = (api[method] as (...all: unknown[]) => Promise<Answer<never>>)(...given);
      try {
        return unwrapAnswer(await Promise.race([asked, failed, late]));
      } finally {
        clearTimeout(timer);
      }
    },
    close() {
      fail(new SottoError('destroyed', 'the recommender was destroyed'));
      worker?.terminate();
    },
  };
}
