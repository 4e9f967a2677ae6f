/**
 * @module
 * What the worker does for the page: replays the log after its cursor, learns, answers lists.
 *
 * One call at a time moves the log and the visitor; lists are computed from the last visitor and
 * never wait for learning.
 */
import { SottoError } from '../errors.ts';
import type { ListRules, RankedItem } from '../model/engine.ts';
import { compileFilter } from '../model/rules/filter.ts';
import type { LearnedProfile, ListRequest, Recommendation, WorkerApi } from './api.ts';
import { describeProfile } from './describeProfile.ts';
import { itemMetadata } from './itemMetadata.ts';
import { learn, retire } from './learnFromLog.ts';
import { open, type Opened } from './opened.ts';
import { answer, toWireError } from './wireErrors.ts';

export function createService(): WorkerApi {
  let opened: Opened | null = null;
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

  /** A list: timed, and its rows turned into what the page is to see. */
  async function list(
    request: ListRequest,
    make: (state: Opened, rules: ListRules) => RankedItem[] | Promise<RankedItem[]>,
  ): Promise<Recommendation[]> {
    const state = requireOpened();
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

  function requireRow(itemId: string): number {
    const row = requireOpened().engine.model.rowOf.get(itemId);
    if (row !== undefined) return row;
    throw new SottoError(
      'unknown-item',
      `itemId must be an item of the model but is ${JSON.stringify(itemId)}`,
    );
  }

  return {
    open: (request) =>
      answer(() =>
        inTurn(async () => {
          opened = await open(request);
          await learn(opened);
          await retire(opened);
          return opened.info;
        }),
      ),

    learn: (events = []) =>
      answer(() =>
        inTurn(async () => {
          const state = requireOpened();
          if (events.length > 0) await state.store.append(events);
          return learn(state);
        }),
      ),

    recommend: (request) =>
      answer(() => list(request, ({ engine, visitor }, rules) => engine.recommend(visitor, rules))),

    similar: (itemId, request) =>
      answer(() =>
        list(request, ({ engine, visitor }, rules) =>
          engine.similar(requireRow(itemId), visitor, rules),
        ),
      ),

    rank: (request) =>
      answer(async () => {
        const { rowOf } = requireOpened().engine.model;
        const unknown = request.itemIds.filter((itemId) => !rowOf.has(itemId));
        if (unknown.length > 0 && request.unknown === 'reject') requireRow(unknown[0]);
        const known = knownRows(rowOf, request.itemIds);
        const ranked = await list(request, ({ engine, visitor }, rules) =>
          engine.rank(known, visitor, rules),
        );
        return ranked.concat(unknownLast(unknown, request, ranked)).slice(0, request.count);
      }),

    popular: (window, request) =>
      answer(() =>
        list(request, ({ engine, visitor }, rules) => engine.popular(window, visitor, rules)),
      ),

    explain: (itemId) =>
      answer(() => {
        const { engine, visitor, records, rules } = requireOpened();
        const { model } = engine;
        const { score, prior, contributions } = engine.explain(requireRow(itemId), visitor);
        const describe = describeProfile(model, rules.halfLifeDays, visitor.nowMs);
        return {
          itemId,
          item: itemMetadata(model.catalogue, requireRow(itemId)),
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
        const state = requireOpened();
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

function knownRows(rowOf: ReadonlyMap<string, number>, itemIds: readonly string[]): number[] {
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
