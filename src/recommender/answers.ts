/**
 * @module
 * createAnswers: all that a recommender is asked, and the worker that answers. One part, which every
 * page loads beside the worker itself: until both are there, the page only listens and keeps.
 */
import { fromPart } from './fromPart.ts';
import type { Answers } from './answerTypes.ts';
import { heeding } from './heeding.ts';
import { createLearning } from './learning.ts';
import { followTabs } from './followTabs.ts';
import { mayLearn, quietly, type Visit } from './visit.ts';
import { createListCalls } from './listCalls.ts';
import type { Places } from './places.ts';

/** @param first - the worker that stands by; null: none may start at its own address. */
export function createAnswers(visit: Visit, places: Places, first: Worker | null): Answers {
  const learning = createLearning(visit, places, first);
  const { ask, learnSoon, restart } = learning;
  const tabs = visit.isOff ? null : followTabs(visit, learning);
  const tell: Answers['tell'] = (message) => tabs?.tell(message);
  return {
    ...learning,
    tell,
    consented(learned) {
      if (learned === mayLearn(visit)) visit.listeners.emit('update', { reason: 'consent' });
      else restart('consent');
    },
    landed(events) {
      tell({ type: 'appended', events });
      learnSoon();
    },
    close() {
      learning.close();
      // What the page has still to say, it says before.
      quietly(visit.delivery.deliver().finally(() => tabs?.close()));
    },
    ...createListCalls(visit, learning),
    explain: (itemId, options) => heeding(options, () => ask('explain', itemId)),
    profile: (options) => heeding(options, () => ask('profile')),
    metrics: (options) => heeding(options, (given) => ask('metrics', given)),
    createReport: (request, options) => heeding(options, () => ask('report', request)),
    flush: (options) =>
      heeding(options, async () => {
        await visit.delivery.deliver();
        if (mayLearn(visit)) await learning.learn();
      }),
    exportData: (options) =>
      heeding(options, async () => {
        const { delivery, stores } = visit;
        await delivery.deliver();
        const { exportLines } = await fromPart(import('./exportLines.ts'));
        return exportLines(await stores.use((store) => store.contents()), delivery.waiting());
      }),
  };
}
