/**
 * @module
 * Which model serves, and how another takes its place: first the first shards, then the whole, then
 * what has been published since, each put there between two calls. One that fails leaves the one
 * before in service, and the page hears why.
 */
import { SottoError } from '../errors.ts';
import type { Manifest } from '../model/artifact/manifest.ts';
import type { LearnReport, ModelInfo, Notice, OpenRequest } from './api.ts';
import { learn, retire } from './learnFromLog.ts';
import type { LoadedModel } from './loadModel.ts';
import { open, withModel } from './opened.ts';
import type { Opened } from './state.ts';
import type { ModelStages } from './openModel.ts';
import { toWireError } from './wireErrors.ts';

export interface Serving {
  /** Runs after every earlier call of its kind, whether that succeeded or not. */
  inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  /** @throws {SottoError} as `openModel`, `version-unsupported`. */
  open: (request: OpenRequest) => Promise<ModelInfo>;
  /** By the closed form, which answers until a refinement takes its place. */
  learn: typeof learn;
  /** Whether only the first items serve. */
  isPart: () => boolean;
  /** What serves now. @throws {SottoError} `internal` before `open` and after `close`. */
  now: () => Opened;
  /** As `now`, once the whole model serves. @throws {SottoError} why it does not. */
  whole: () => Promise<Opened>;
  close: () => Promise<null>;
}

/** @param notify - says something to the page that it has not asked. */
export function createServing(notify: (notice: Notice) => void): Serving {
  let opened: Opened | null = null;
  /** Until the whole model serves: settles with that. */
  let completing: Promise<void> | null = null;
  let last: Promise<unknown> = Promise.resolve();

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = last.then(work, work);
    last = result.catch(() => undefined);
    return result;
  }

  async function learnAndRefine(...given: Parameters<typeof learn>): Promise<LearnReport> {
    const [state] = given;
    const report = await learn(...given);
    // Behind the answer.
    state.refiner?.start(state);
    return report;
  }

  function now(): Opened {
    if (opened) return opened;
    throw new SottoError('internal', 'open must succeed before any other call');
  }

  /** Between two calls, another model in the place of the one that serves. */
  function swap(manifest: Manifest, loaded: LoadedModel): Promise<void> {
    return inTurn(async () => {
      // The page may have closed it while the files were on their way.
      if (!opened) return loaded.retrieval.dispose();
      const replaced = opened;
      opened = await withModel(replaced, manifest, loaded);
      // Its own half-life is another configuration: the log then counts anew.
      await learnAndRefine(opened);
      replaced.retrieval.dispose();
      notify({ value: null });
    });
  }

  /** What is left to do once the first answers can be given. Never rejects. */
  async function complete({ manifest, whole, keep, newer }: ModelStages): Promise<void> {
    const step = async (work: () => Promise<unknown>): Promise<void> => {
      try {
        await work();
      } catch (thrown) {
        if (opened) notify({ value: toWireError(thrown) });
      }
    };
    await step(async () => {
      if (whole) {
        completing = whole().then((loaded) => swap(manifest, loaded));
        await completing;
        completing = null;
      }
      await keep();
    });
    await step(async () => {
      const published = await newer();
      if (!published) return;
      await swap(published.manifest, published.loaded);
      completing = null;
      await published.keep();
    });
    // Last: nothing that the visitor sees waits for what leaves the log.
    await step(() => inTurn(async () => opened && (await retire(opened))));
    // What later lists are likely to need, here before they do. Whoever needs it hears of failures.
    import('../model/otherLists.ts').catch(() => undefined);
  }

  return {
    inTurn,
    learn: learnAndRefine,
    now,
    isPart: () => completing !== null,

    open: (request) =>
      inTurn(async () => {
        const { opened: state, stages } = await open(request, notify);
        opened = state;
        // The page hears of them with its own first call.
        state.unreportedItemIds = (await learnAndRefine(state)).unknownItemIds;
        void complete(stages);
        return state.info;
      }),

    async whole() {
      now();
      await completing;
      return now();
    },

    close: () =>
      inTurn(() => {
        opened?.engine.dispose();
        opened?.refiner?.dispose();
        opened?.store.close();
        opened = null;
        return Promise.resolve(null);
      }),
  };
}
