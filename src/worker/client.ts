/**
 * @module
 * startWorker: the page's end of the worker. Every failure comes out as a SottoError, and a worker
 * that fails leaves no caller waiting.
 *
 * The worker's end is comlink's `expose`. This end needs one of comlink's six messages, APPLY, and
 * none of its proxies, so it speaks that one itself: comlink's `wrap` would bring all of `expose`
 * into every page, for a fifth of its budget. The tests run it against comlink.
 */
import { SottoError, asSottoError } from '../errors.ts';
import type { Answer, ModelInfo, Notice, LooseOpenRequest, OpenRequest, PageApi } from './api.ts';
import { fromWireError, unwrapAnswer } from './wireErrors.ts';

export type Method = Exclude<keyof PageApi, 'open' | 'close'>;
export type Asked<M extends Method> = Parameters<PageApi[M]>;
export type Answered<M extends Method> =
  ReturnType<PageApi[M]> extends Promise<Answer<infer T>> ? T : never;

export interface WorkerClient {
  /** Rejects when the worker or the model cannot be had; asking rejects likewise then. */
  readonly ready: Promise<ModelInfo>;
  /** To be called once it is ready. */
  ask<M extends Method>(method: M, ...given: Asked<M>): Promise<Answered<M>>;
  /** Whatever is still waiting rejects with `destroyed`. */
  close(): void;
}

/** What the service sits in: a worker, or whatever speaks as one does. */
export interface Seat {
  postMessage: (message: unknown) => void;
  terminate: () => void;
  onmessage: ((event: MessageEvent) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

/** What comlink answers with. */
interface Reply {
  id: string;
}
type Call = [
  resolve: (value: never) => void,
  reject: (error: SottoError) => void,
  message: unknown,
];

/**
 * @param create - may throw, as `new Worker` does under some policies.
 * @param notice - another model serves; or, with an error, could not; or, with an update, that.
 * @param lower - what takes the place of a seat that fails before it has said anything.
 */
export function startWorker(
  create: () => Seat,
  request: OpenRequest | LooseOpenRequest,
  notice: (error: SottoError | null, update: Notice['update']) => void,
  lower: () => Promise<() => Seat>,
): WorkerClient {
  const waiting = new Map<string, Call>();
  let worker: Seat | undefined;
  let failure: SottoError | undefined;
  let isHeard = false;
  let calls = 0;

  const fail = (error: SottoError) => {
    failure = error;
    for (const [, reject] of waiting.values()) reject(failure);
    waiting.clear();
    worker?.terminate();
  };
  const call = async (method: keyof PageApi, given: unknown[]): Promise<never> => {
    const answer = new Promise<Answer<never>>((resolve, reject) => {
      if (failure) return reject(failure);
      const id = `${++calls}`;
      const message = {
        id,
        type: 'APPLY',
        path: [method],
        argumentList: given.map((value) => ({ type: 'RAW', value })),
      };
      worker?.postMessage(message);
      waiting.set(id, [resolve, reject, message]);
    });
    try {
      return unwrapAnswer(await answer);
    } catch (error) {
      // What cannot be cloned never reaches the worker.
      throw asSottoError(error, 'invalid-argument');
    }
  };

  const begin = (make: () => Seat, lose: (error: SottoError) => void) => {
    // Closed while this one was on its way.
    if (failure) return;
    worker?.terminate();
    try {
      worker = make();
      // Without a message: it could not be loaded.
      worker.onerror = ({ message = 'it could not be loaded' }) =>
        lose(new SottoError('worker-unavailable', `the worker failed: ${message}`));
      worker.onmessage = ({ data }: MessageEvent<Partial<Reply> & Notice>) => {
        const { id, value, update } = data;
        isHeard = true;
        if (!id) return notice(value && fromWireError(value), update);
        waiting.get(id)?.[0](value as never);
        waiting.delete(id);
      };
      for (const [, , message] of waiting.values()) worker.postMessage(message);
    } catch (error) {
      lose(asSottoError(error, 'worker-unavailable'));
    }
  };
  begin(create, (error) => {
    const failed = () => fail(error);
    if (isHeard) failed();
    else lower().then((make) => begin(make, fail), failed);
  });
  const ready: Promise<ModelInfo> = call('open', [request]);
  // Whoever asks after that hears the same; nobody need ask.
  ready.catch(fail);

  return {
    ready,
    ask: (method, ...given) => call(method, given),
    close: () => fail(new SottoError('destroyed', 'the recommender was destroyed')),
  };
}
