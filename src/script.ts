/**
 * @module
 * The script-tag entry: reads the options from the tag's data-* attributes and answers, in their
 * order, the calls that `window.sotto` has gathered. Once the recommender runs it stands there
 * itself; until then every call gives a promise of its answer.
 */
import { pageOptions, type Options } from './options.ts';
import { createQueue, type Call, type Queue } from './recommender/queue.ts';
import { startRecommender } from './recommender/start.ts';
import type { Recommender } from './recommender/types.ts';
import { beside, tag } from './scriptTag.ts';
import { spawnWorker } from './worker/spawn.ts';

type Page = Window & { sotto?: Queue | Recommender | undefined };

/** What an attribute may say besides a text. As in HTML, one without a value is true. */
function parse(text: string): unknown {
  try {
    return text === '' || (JSON.parse(text) as unknown);
  } catch {
    return text;
  }
}

function run(page: Page): void {
  const { sotto } = page;
  // An element of that id is nobody's variable.
  const isFree = !sotto || 'nodeType' in sotto;
  const queue = (isFree ? (page.sotto = createQueue()) : sotto) as Queue;
  // A queue answers any other name with a call, which is true as well.
  if (queue.isTaken === true || !('splice' in queue)) {
    console.warn('[sotto] loaded twice; the second is ignored');
    return;
  }
  // Own properties are not calls: what a page may ask for at once.
  Object.assign(queue, { isTaken: true, consent: 'pending', paused: false });

  const options = Object.fromEntries(
    Object.entries(tag?.dataset ?? {}).map(([name, text]) => [name, parse(text!)]),
  ) as unknown as Options;
  const workerUrl = () =>
    new URL(options.workerUrl ?? beside('sotto-worker.js'), document.baseURI).href;
  const starting = startRecommender(pageOptions(options), {
    // The worker checks them: every visitor would load the checks for the one site that errs.
    request: { options, pageUrl: document.baseURI, kernelUrl: beside('sotto-kernels.wasm') },
    spawn: (url = workerUrl()) => spawnWorker(url),
    workerUrl,
  });
  starting.then(
    (recommender) => (page.sotto = recommender),
    (error: unknown) => console.error('[sotto]', error),
  );
  const answer = ([method, given, resolve, reject]: Call): void =>
    void starting
      .then((recommender) => {
        const member = recommender[method] as ((...all: unknown[]) => unknown) | undefined;
        return typeof member === 'function' ? member(...given) : member;
      })
      .then(resolve, reject);
  // Whoever holds on to the queue is answered too. A page may have frozen the prototype of arrays,
  // and with it the name for assignments.
  Object.defineProperty(queue, 'push', { value: answer });
  queue.splice(0).forEach(answer);
}

if (globalThis.document) run(window);
