/**
 * @module
 * What the worker does for the page: replays the log after its cursor, learns, answers lists.
 *
 * One call at a time moves the log and the visitor; lists are computed from the last visitor and
 * never wait for learning.
 */
import type { RowIndex } from '../model/artifact/rowIndex.ts';
import { SottoError } from '../errors.ts';
import type { ListRules, RankedItem } from '../model/engine.ts';
import { compileFilter } from '../model/rules/filter.ts';
import type { Manifest } from '../model/artifact/manifest.ts';
import type { LearnedProfile, ListRequest, Notice, Recommendation, WorkerApi } from './api.ts';
import { describeProfile } from './describeProfile.ts';
import { itemMetadata } from './itemMetadata.ts';
import { learn, retire } from './learnFromLog.ts';
import type { LoadedModel } from './loadModel.ts';
import { open, withModel, type Opened } from './opened.ts';
import type { ModelStages } from './openModel.ts';
import { answer, toWireError } from './wireErrors.ts';

/** @param notify - says something to the page that it has not asked. */
export function createService(notify: (notice: Notice) => void): WorkerApi {
  let opened: Opened | null = null;
  /** Until the whole model serves: settles with that. */
  let completing: Promise<void> | null = null;
  let last: Promise<unknown> = Promise.resolve();

  function requireOpened(): Opened {
    if (opened) return opened;
    throw new SottoError('internal', 'open must be called, and succeed, before any other call');
  }

  /** Runs after every earlier call of its kind, whether that succeeded or not. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = last.then(work, work);
    last = result.catch(() => undefined);
    return result;
  }

  /** Between two calls, another model in the place of the one that serves. */
  function swap(manifest: Manifest, loaded: LoadedModel): Promise<void> {
    return inTurn(async () => {
      // The page may have closed it while the files were on their way.
      if (!opened) return loaded.retrieval.dispose();
      const replaced = opened;
      opened = await withModel(replaced, manifest, loaded);
      // Its own half-life is another configuration: the log then counts anew.
      await learn(opened);
      replaced.retrieval.dispose();
      notify({ value: null });
    });
  }

  /** What is left to do once the first answers can be given. Never rejects. */
  async function complete({ manifest, whole, keep, newer }: ModelStages): Promise<void> {
    const step = async (work: () => Promise<void>): Promise<void> => {
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
  }

  /** As `requireOpened`, once the whole model serves. @throws {SottoError} why it does not. */
  async function requireWhole(): Promise<Opened> {
    requireOpened();
    await completing;
    return requireOpened();
  }

  /** A list: timed, and its rows turned into what the page is to see. */
  async function list(
    state: Opened,
    request: ListRequest,
    make: (state: Opened, rules: ListRules) => RankedItem[] | Promise<RankedItem[]>,
  ): Promise<Recommendation[]> {
    const { model } = state.engine;
    const rules: ListRules = {
      ...request,
      exclude: knownRows(model.rowOf, request.exclude),
      filter: request.filter && compileFilter(request.filter, model.catalogue),
    };
    const started = performance.now();
    const ranked = await make(state, rules);
    state.rankMs = performance.now() - started;
    return ranked.map(({ row, score, source }, rank) => ({
      itemId: model.ids[row],
      score,
      rank,
      source,
      item: itemMetadata(model.catalogue, row),
    }));
  }

  return {
    open: (request) =>
      answer(() =>
        inTurn(async () => {
          const { opened: state, stages } = await open(request);
          opened = state;
          // The page hears of them with its own first call.
          state.unreportedItemIds = (await learn(state)).unknownItemIds;
          await retire(state);
          void complete(stages);
          return state.info;
        }),
      ),

    learn: (events = []) =>
      answer(async () => {
        const report = await inTurn(async () => {
          const state = requireOpened();
          if (events.length > 0) await state.store.append(events);
          const learned = await learn(state);
          const unknownItemIds = [...state.unreportedItemIds, ...learned.unknownItemIds];
          state.unreportedItemIds = [];
          return { ...learned, unknownItemIds };
        });
        if (!completing || report.unknownItemIds.length === 0) return report;
        // What the first items do not hold, the rest may.
        const { rowOf } = (await requireWhole()).engine.model;
        return { ...report, unknownItemIds: report.unknownItemIds.filter((id) => !rowOf.has(id)) };
      }),

    recommend: (request) =>
      answer(async () => {
        const make = ({ engine, visitor }: Opened, rules: ListRules) =>
          engine.recommend(visitor, rules);
        const isPart = completing !== null;
        const found = await list(requireOpened(), request, make);
        // The first items have run out: no list is shorter than the catalogue makes it.
        return isPart && found.length < request.count
          ? list(await requireWhole(), request, make)
          : found;
      }),

    similar: (itemId, request) =>
      answer(async () => {
        const state = await requireWhole();
        return list(state, request, ({ engine, visitor }, rules) =>
          engine.similar(requireRow(state, itemId), visitor, rules),
        );
      }),

    rank: (request) =>
      answer(async () => {
        const state = await requireWhole();
        const { rowOf } = state.engine.model;
        const unknown = request.itemIds.filter((itemId) => !rowOf.has(itemId));
        if (unknown.length > 0 && request.unknown === 'reject') requireRow(state, unknown[0]);
        const known = knownRows(rowOf, request.itemIds);
        const ranked = await list(state, request, ({ engine, visitor }, rules) =>
          engine.rank(known, visitor, rules),
        );
        return ranked.concat(unknownLast(unknown, request, ranked)).slice(0, request.count);
      }),

    popular: (window, request) =>
      answer(async () =>
        list(await requireWhole(), request, ({ engine, visitor }, rules) =>
          engine.popular(window, visitor, rules),
        ),
      ),

    explain: (itemId) =>
      answer(async () => {
        const state = await requireWhole();
        const { engine, visitor, records, rules } = state;
        const { model } = engine;
        const row = requireRow(state, itemId);
        const { score, prior, contributions } = engine.explain(row, visitor);
        const describe = describeProfile(model, rules.halfLifeDays, visitor.nowMs);
        return {
          itemId,
          item: itemMetadata(model.catalogue, row),
          score,
          prior,
          contributions: contributions.map((part) => ({
            itemId: model.ids[part.row],
            item: itemMetadata(model.catalogue, part.row),
            score: part.score,
            weight: describe.weight(records.get(model.ids[part.row])),
          })),
        };
      }),

    profile: () =>
      answer(async (): Promise<LearnedProfile> => {
        const state = await requireWhole();
        const { engine, visitor, records, rules, store, info, lastTimings, rankMs } = state;
        const describe = describeProfile(engine.model, rules.halfLifeDays, Date.now());
        return {
          events: await store.countEvents(),
          ...describe.taste(records.values()),
          distance: Math.hypot(
            ...visitor.embedding.map((value, f) => value - engine.model.prior[f]),
          ),
          timings: lastTimings,
          rankMs,
          model: {
            ...info,
            retrieval: state.retrieval.name,
            warnings: state.warnings.map(toWireError),
          },
        };
      }),

    metrics: (options) =>
      answer(async () => (await counting()).metricsFromLog(requireOpened(), options)),

    report: (request) =>
      answer(async () => (await counting()).reportFromLog(requireOpened(), request)),

    forget: (itemId) =>
      answer(() =>
        inTurn(async () => {
          const state = requireOpened();
          await state.store.forget(itemId);
          await learn(state);
          return null;
        }),
      ),

    events: () =>
      answer(async () => {
        const entries = await requireOpened().store.entries();
        return entries.map(({ event }) => event);
      }),

    close: () =>
      answer(() =>
        inTurn(() => {
          opened?.engine.dispose();
          opened?.store.close();
          opened = null;
          return Promise.resolve(null);
        }),
      ),
  };
}

/** Few pages ask: the others do not load it. */
const counting = () => import('./countFromLog.ts');

function requireRow({ engine }: Opened, itemId: string): number {
  const row = engine.model.rowOf.get(itemId);
  if (row !== undefined) return row;
  throw new SottoError(
    'unknown-item',
    `itemId must be an item of the model but is ${JSON.stringify(itemId)}`,
  );
}

function knownRows(rowOf: RowIndex, itemIds: readonly string[]): number[] {
  return itemIds.flatMap((itemId) => rowOf.get(itemId) ?? []);
}

/** Items the model does not know, after those it does, in the caller's order and without a score. */
function unknownLast(
  unknown: readonly string[],
  { exclude, filter }: ListRequest,
  ranked: readonly Recommendation[],
): Recommendation[] {
  // Without metadata nothing can be shown to pass a filter.
  if (filter !== null) return [];
  const excluded = new Set(exclude);
  const kept = [...new Set(unknown)].filter((itemId) => !excluded.has(itemId));
  const lowest = ranked.at(-1)?.score ?? 0;
  return kept.map((itemId, index) => ({
    itemId,
    score: Math.min(lowest, 0),
    rank: ranked.length + index,
    source: 'list',
    item: {},
  }));
}
