/**
 * @module
 * The script-tag entry: reads the options from the tag's data-* attributes, puts the whole
 * interface on `window.sotto` and answers the calls that the queue stub has gathered.
 */
import type { Options } from './options.ts';
import { createFacade } from './recommender/facade.ts';
import { startRecommender } from './recommender/start.ts';
import type { Recommender } from './recommender/types.ts';
import { spawnWorker } from './worker/spawn.ts';

type Call = [
  method: string,
  given: unknown[],
  resolve: (value: unknown) => void,
  reject: (error: unknown) => void,
];

/** Taken as they are: an item of these may look like JSON and is not. */
const TEXTS = ['model', 'name', 'learner', 'workerUrl', 'kernelUrl', 'tfjsUrl'];

function optionsOf(tag: HTMLElement): Options {
  const read = ([name, text = '']: [string, string | undefined]): [string, unknown] => {
    if (TEXTS.includes(name)) return [name, text];
    // As HTML does: an attribute without a value is true.
    if (text === '') return [name, true];
    try {
      return [name, JSON.parse(text) as unknown];
    } catch {
      return [name, text];
    }
  };
  return Object.fromEntries(Object.entries(tag.dataset).map(read)) as unknown as Options;
}

function run(): void {
  const page = window as Window & { sotto?: Recommender | Call[] };
  const queue = page.sotto;
  if (queue && 'flush' in queue) {
    console.warn('[sotto] the script is on this page twice; the second is ignored');
    return;
  }
  const tag = (document.currentScript ??
    document.querySelector('script[data-model]')) as HTMLScriptElement | null;
  const beside = (file: string) => new URL(file, tag?.src || document.baseURI).href;
  const starting = startRecommender(optionsOf(tag ?? document.createElement('script')), {
    createWorker: (url) => spawnWorker(url ?? beside('sotto-worker.js')),
    kernelUrl: beside('sotto-kernels.wasm'),
  });
  starting.catch((error: unknown) => console.error('[sotto]', error));
  const facade = createFacade(starting);
  page.sotto = facade;
  for (const [method, given, resolve, reject] of Array.isArray(queue) ? queue.splice(0) : []) {
    try {
      const member: unknown = facade[method as 'flush'];
      resolve(
        typeof member === 'function'
          ? (member as (...all: unknown[]) => unknown)(...given)
          : member,
      );
    } catch (error) {
      reject(error);
    }
  }
}

if (typeof document !== 'undefined') run();
