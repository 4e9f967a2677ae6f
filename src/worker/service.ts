/**
 * @module
 * What the worker does for the page, call by call: replays the log after its cursor, learns,
 * answers lists.
 *
 * One call at a time moves the log and the visitor (`inTurn`); the others answer from what serves
 * now, or from the whole model where a part of it cannot answer.
 */
import { loaded } from '../errors.ts';
import type { Notice, WorkerApi } from './api.ts';
import { anticipate } from './learnFromLog.ts';
import { popular, rank, recommend, similar } from './lists.ts';
import { createServing } from './serving.ts';
import { answer } from './wireErrors.ts';

/** @param notify - says something to the page that it has not asked. */
export function createService(notify: (notice: Notice) => void): WorkerApi {
  const serving = createServing(notify);
  const { inTurn } = serving;

  /** What the first items do not hold, the rest may; where that does not come, nobody can say. */
  async function unknownToAll(itemIds: readonly string[]): Promise<readonly string[]> {
    if (itemIds.length === 0) return itemIds;
    const state = await serving.whole().catch(() => null);
    return itemIds.filter((id) => state && !state.engine.model.rowOf.has(id));
  }

  return {
    open: (request) => answer(() => serving.open(request)),

    learn: (events = [], ahead) =>
      answer(async () => {
        const report = await inTurn(async () => {
          const state = serving.now();
          if (events.length > 0) await state.store.append?.(events);
          const learned = await serving.learn(state, ahead);
          const unknownItemIds = [...state.unreportedItemIds, ...learned.unknownItemIds];
          state.unreportedItemIds = [];
          return { ...learned, unknownItemIds };
        });
        return { ...report, unknownItemIds: await unknownToAll(report.unknownItemIds) };
      }),

    anticipate: (ahead) =>
      answer(() =>
        inTurn(async () => {
          const report = await anticipate(serving.now(), ahead);
          // Its list must not wait for the rest; `learn` names them once the log has the events.
          return serving.isPart() ? { ...report, unknownItemIds: [] } : report;
        }),
      ),

    recommend: (request) =>
      answer(async () => {
        const isPart = serving.isPart();
        const found = await recommend(serving.now(), request);
        // The first items have run out: no list is shorter than the catalogue makes it.
        return isPart && found.length < request.count
          ? recommend(await serving.whole(), request)
          : found;
      }),

    similar: (itemId, request) =>
      answer(async () => similar(await serving.whole(), itemId, request)),
    rank: (request) => answer(async () => rank(await serving.whole(), request)),
    popular: (window, request) =>
      answer(async () => popular(await serving.whole(), window, request)),
    explain: (itemId) =>
      answer(async () => (await seldom()).explain(await serving.whole(), itemId)),
    profile: () => answer(async () => (await seldom()).profile(await serving.whole())),

    metrics: (options) =>
      answer(async () => (await seldom()).metricsFromLog(serving.now(), options)),

    report: (request) => answer(async () => (await seldom()).reportFromLog(serving.now(), request)),

    forget: (itemId) =>
      answer(() =>
        inTurn(async () => {
          const state = serving.now();
          await state.store.forget?.(itemId);
          await serving.learn(state);
          return null;
        }),
      ),

    events: () =>
      answer(async () => {
        const entries = await serving.now().store.entries();
        return entries.map(({ event }) => event);
      }),

    close: () => answer(serving.close),
  };
}

/** Few pages ask: the others do not load it. */
const seldom = () => loaded(import('./seldom.ts'));
