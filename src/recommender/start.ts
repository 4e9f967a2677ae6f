/**
 * @module
 * startRecommender: wires tracker, storage and worker into the public Recommender. It resolves as
 * soon as events can be kept; the worker opens behind it, and whatever needs it waits for it.
 */
import { asSottoError, requireOneOf, requireText } from '../errors.ts';
import { MAX_ITEM_ID_LENGTH } from '../events.ts';
import type { PageOptions } from '../options.ts';
import { CREDITS } from '../store/types.ts';
import { CONSENTS, initialConsent } from '../tracker/consent.ts';
import { noteCredit } from '../tracker/credits.ts';
import { createJournal } from '../tracker/journal.ts';
import { createSession } from '../tracker/session.ts';
import type { Asked } from './answers.ts';
import { createChoices } from './choices.ts';
import { createDelivery } from './delivery.ts';
import { createListeners } from './listeners.ts';
import { openAnswers } from './openAnswers.ts';
import type { Places } from './places.ts';
import { recall } from './recall.ts';
import { createStorage } from './storage.ts';
import { joinTabs, type Tabs } from './tabs.ts';
import { createTrack } from './track.ts';
import type { Recommender } from './types.ts';
import { expectAlive, learnMore, mayLearn, quietly, type Visit } from './visit.ts';
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
  const listeners = createListeners();
  const session = createSession();
  const credits: Visit['credits'] = new Map();
  const visit = { options, listeners, session, credits, epoch: 0 } as Visit;
  visit.consent = isOff ? 'denied' : 'pending';
  visit.isDestroyed = visit.paused = false;
  const storage = (visit.storage = createStorage(isOff ? null : options.name, (error) => {
    listeners.fail(error);
    quietly(visit.answers.then((answers) => answers.leaveDatabase()));
  }));
  const journal = createJournal(options.name);
  const delivery = (visit.delivery = createDelivery(journal, async (events) => {
    const chose = events.map((event) => noteCredit(credits, event)).includes(true);
    await storage.use((store) =>
      Promise.all([store.append(events), chose && store.put('settings', CREDITS, credits)]),
    );
    tabs?.tell({ type: 'appended', events });
    learnMore(visit);
    return storage.kind() !== 'memory';
  }));
  const choices = createChoices(visit);
  let tabs: Tabs | undefined;

  /** Goes on where earlier pages, and this one until now, have left off. */
  const begin = async () => {
    // Whatever is written replaces it.
    const left = journal.read();
    const [chosen, last] = await recall(visit);
    if (visit.isDestroyed) return;
    visit.chosen = chosen;
    visit.consent = initialConsent(chosen, options);
    tabs = joinTabs(
      options.name,
      (message) => {
        if (visit.isDestroyed) return;
        if (message.type === 'appended') {
          for (const event of message.events) {
            session.join(event);
            noteCredit(credits, event);
          }
          learnMore(visit);
        } else if (message.type === 'forgotten') quietly(choices.forget(message.itemId, false));
        else quietly(choices.consent(message.consent, false));
      },
      () => quietly(choices.catchUp()),
    );
    delivery.setOpen(mayLearn(visit));
    if (mayLearn(visit)) delivery.push(left);
    // A signal of the browser's may be newer than what is stored, and a refusal than what is left.
    if (visit.consent === 'denied' && (chosen !== 'denied' || last)) quietly(choices.forget());
    watching?.open();
  };
  const known = isOff ? undefined : begin();
  const half = import('./secondHalf.ts').catch((thrown: unknown) => {
    const error = asSottoError(thrown, 'file-missing');
    listeners.fail(error);
    throw error;
  });
  const answers = (visit.answers = openAnswers(visit, places, half, known));

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
      tabs?.tell({ type: 'consent', consent: to });
      await choices.consent(to);
    },
    pause: () => choices.pause(true),
    resume: () => choices.pause(false),
    async forget(itemId) {
      expectAlive(visit);
      if (itemId !== undefined) requireText('itemId', itemId, MAX_ITEM_ID_LENGTH);
      await choices.forget(itemId);
      tabs?.tell({ type: 'forgotten', itemId });
    },
    async flush() {
      await delivery.deliver();
      if (mayLearn(visit)) await (await answers).learn();
    },
    destroy() {
      if (visit.isDestroyed) return;
      // First: what it still has to say is kept.
      watching?.stop();
      visit.isDestroyed = true;
      signal?.removeEventListener('abort', recommender.destroy);
      quietly(answers.then((all) => all.close()));
      const close = () => {
        tabs?.close();
        storage.close();
      };
      void Promise.allSettled([known, delivery.deliver()]).then(close);
    },
  };
  // A page may leave it alone.
  quietly(recommender.ready);
  const watching = known ? watch(visit, recommender, half, known) : null;
  signal?.addEventListener('abort', recommender.destroy);
  if (signal?.aborted) recommender.destroy();
  known?.catch(recommender.destroy);
  await known;
  return recommender;
}

function isPrerendering(): boolean {
  return (document as Document & { prerendering?: boolean }).prerendering === true;
}
