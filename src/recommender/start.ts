/**
 * @module
 * startRecommender: wires tracker, storage and worker into the public Recommender. It resolves as
 * soon as events can be kept; the worker opens behind it, and whatever needs it waits for it.
 */
import { asSottoError, requireOneOf, requireText } from '../errors.ts';
import { MAX_ITEM_ID_LENGTH } from '../events.ts';
import type { PageOptions } from '../options.ts';
import { CONSENTS } from '../tracker/consent.ts';
import type { Asked } from './answerTypes.ts';
import { begin } from './begin.ts';
import { createChoices } from './choices.ts';
import { createVisit } from './createVisit.ts';
import { heeding } from './heeding.ts';
import { openAnswers } from './openAnswers.ts';
import type { Places } from './places.ts';
import { createTrack } from './track.ts';
import type { Recommender } from './types.ts';
import { expectAlive, mayLearn, quietly } from './visit.ts';
import { watch } from './watch.ts';

/** A page without storage or worker is no reason to fail. */
export async function startRecommender(options: PageOptions, places: Places): Promise<Recommender> {
  const { signal } = places;
  const isOff = options.disabled || (navigator.webdriver && !options.trackAutomated);
  if (isPrerendering()) {
    // A page that nobody may ever see: nothing is read, kept or loaded for it.
    await new Promise((resolve) =>
      document.addEventListener('prerenderingchange', resolve, { once: true }),
    );
  }
  const visit = createVisit(options, isOff);
  const { delivery, listeners, storage } = visit;
  const choices = createChoices(visit);
  const ended = new AbortController();
  const known = isOff ? undefined : begin(visit, choices);
  const half = import('./secondHalf.ts').catch((thrown: unknown) => {
    const error = asSottoError(thrown, 'file-missing');
    listeners.fail(error);
    throw error;
  });
  const answers = (visit.answers = openAnswers(visit, places, ended.signal, half, known));

  const ask = <M extends Asked>(method: M) =>
    (async (...given: unknown[]) => {
      const all = (await answers) as unknown as Record<M, (...given: unknown[]) => unknown>;
      return all[method](...given);
    }) as Recommender[M];
  const recommender: Recommender = {
    ready: answers.then(({ ready }) => ready),
    get consent() {
      return visit.consent;
    },
    get paused() {
      return visit.paused;
    },
    recommend: ask('recommend'),
    similar: ask('similar'),
    rank: ask('rank'),
    popular: ask('popular'),
    explain: ask('explain'),
    profile: ask('profile'),
    metrics: ask('metrics'),
    createReport: ask('createReport'),
    exportData: ask('exportData'),
    on: listeners.on,
    track: createTrack(visit),
    async setConsent(to) {
      expectAlive(visit);
      requireOneOf('consent', to, CONSENTS);
      if (isOff) return;
      visit.tabs?.tell({ type: 'consent', consent: to });
      await choices.consent(to);
    },
    pause: () => choices.pause(true),
    resume: () => choices.pause(false),
    async forget(itemId) {
      expectAlive(visit);
      if (itemId !== undefined) requireText('itemId', itemId, MAX_ITEM_ID_LENGTH);
      await choices.forget(itemId);
      visit.tabs?.tell({ type: 'forgotten', itemId });
    },
    flush: (options) =>
      heeding(options, async () => {
        await delivery.deliver();
        if (mayLearn(visit)) await (await answers).learn();
      }),
    destroy() {
      if (visit.isDestroyed) return;
      // First: what it still has to say is kept.
      ended.abort();
      visit.isDestroyed = true;
      signal?.removeEventListener('abort', recommender.destroy);
      quietly(answers.then((all) => all.close()));
      const close = () => {
        visit.tabs?.close();
        storage.close();
      };
      void Promise.allSettled([known, delivery.deliver()]).then(close);
    },
  };
  // A page may leave it alone.
  quietly(recommender.ready);
  if (known) watch(visit, recommender, ended.signal, half, known);
  signal?.addEventListener('abort', recommender.destroy);
  if (signal?.aborted) recommender.destroy();
  known?.catch(recommender.destroy);
  await known;
  return recommender;
}

function isPrerendering(): boolean {
  return (document as Document & { prerendering?: boolean }).prerendering === true;
}
