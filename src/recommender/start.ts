/**
 * @module
 * startRecommender: wires tracker, storage and worker into the public Recommender. It resolves as
 * soon as events can be kept; the worker opens behind it, and whatever needs it waits for it.
 */
import type { PageOptions } from '../options.ts';
import { CONSENTS } from '../tracker/consent.ts';
import type { Asked } from './answerTypes.ts';
import { begin } from './begin.ts';
import { createVisit } from './createVisit.ts';
import { fromPart } from './fromPart.ts';
import { openAnswers } from './openAnswers.ts';
import type { Places } from './places.ts';
import { createTrack } from './track.ts';
import type { Recommender } from './types.ts';
import { expectAlive, quietly, tellAnswers } from './visit.ts';
import { watch } from './watch.ts';

/** What is answered by what loads beside the worker. */
const ASKED = [
  ...(['recommend', 'similar', 'rank', 'popular', 'explain', 'profile'] as const),
  ...(['metrics', 'createReport', 'exportData', 'flush'] as const),
] satisfies Asked[];

/** A page without storage or worker is no reason to fail. */
export async function startRecommender(options: PageOptions, places: Places): Promise<Recommender> {
  const isOff = options.disabled || (navigator.webdriver && !options.trackAutomated);
  if (isPrerendering()) {
    // A page that nobody may ever see: nothing is read, kept or loaded for it.
    await new Promise((resolve) =>
      document.addEventListener('prerenderingchange', resolve, { once: true }),
    );
  }
  const ended = new AbortController();
  const visit = createVisit(options, isOff, ended.signal);
  const { delivery, listeners, guard, stores, choices } = visit;
  const known = isOff ? undefined : begin(visit);
  const half = fromPart(import('./answers.ts'));
  half.catch(guard.onError);
  const answers = (visit.answers = openAnswers(visit, places, half, known));

  const recommender = {
    ready: answers.then(({ ready }) => ready),
    get consent() {
      return visit.consent;
    },
    get paused() {
      return visit.paused;
    },
    on: listeners.on,
    track: createTrack(visit),
    async setConsent(to) {
      expectAlive(visit);
      if (!CONSENTS.includes(to)) (await import('./refusals.ts')).refuseConsent(to);
      if (isOff) return;
      await choices.consent(to);
    },
    pause: () => choices.pause(true),
    resume: () => choices.pause(false),
    async forget(itemId) {
      expectAlive(visit);
      await choices.forget(itemId);
      tellAnswers(visit, ({ tell }) => tell({ type: 'forgotten', itemId }));
    },
    destroy() {
      if (visit.isDestroyed) return;
      // First: what it still has to say is kept.
      ended.abort();
      visit.isDestroyed = true;
      tellAnswers(visit, ({ close }) => close());
      void Promise.allSettled([known, delivery.deliver()]).then(() => stores.close());
    },
  } as Recommender;
  for (const method of ASKED) {
    recommender[method] = async (...given: unknown[]) => {
      const all = (await answers) as unknown as Record<Asked, (...given: unknown[]) => never>;
      return all[method](...given);
    };
  }
  // A page may leave it alone.
  quietly(recommender.ready);
  if (known) watch(visit, recommender, known);
  places.begun?.(recommender, ended.signal);
  known?.catch(recommender.destroy);
  await known;
  return recommender;
}

function isPrerendering(): boolean | undefined {
  return (document as Document & { prerendering?: boolean }).prerendering;
}
