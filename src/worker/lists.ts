/**
 * @module
 * The four kinds of list, as a page asks for them: ids become rows on the way in, rows become items
 * with their metadata on the way out.
 *
 * Lists are computed from the last visitor and never wait for learning.
 */
import { loaded } from '../errors.ts';
import type { RowIndex } from '../model/artifact/rowIndex.ts';
import type { ListRules, RankedItem } from '../model/engine.ts';
import type { ListRequest, PopularityWindow, RankRequest, Recommendation } from './api.ts';
import { itemMetadata } from './itemMetadata.ts';
import type { Opened } from './state.ts';

type Recommendations = Promise<Recommendation[]>;

export function recommend(state: Opened, request: ListRequest): Recommendations {
  return list(state, request, (rules) => state.engine.recommend(state.visitor, rules));
}

/** @throws {SottoError} `unknown-item`. */
export async function similar(
  state: Opened,
  itemId: string,
  request: ListRequest,
): Recommendations {
  const row = state.engine.model.rowOf.get(itemId) ?? (await seldom()).refuseItem(itemId);
  return list(state, request, (rules) => state.engine.similar(row, state.visitor, rules));
}

/** @throws {SottoError} `unknown-item`, where the request says so. */
export async function rank(state: Opened, request: RankRequest): Recommendations {
  const { rowOf } = state.engine.model;
  const unknown = request.itemIds.filter((itemId) => !rowOf.has(itemId));
  const part = unknown.length > 0 ? await seldom() : null;
  if (request.unknown === 'reject') part?.refuseItem(unknown[0]);
  const known = knownRows(rowOf, request.itemIds);
  const ranked = await list(state, request, (rules) =>
    state.engine.rank(known, state.visitor, rules),
  );
  return part ? part.withUnknown(ranked, unknown, request) : ranked;
}

export function popular(
  state: Opened,
  window: PopularityWindow,
  request: ListRequest,
): Recommendations {
  return list(state, request, (rules) => state.engine.popular(window, state.visitor, rules));
}

/** A list: timed, and its rows turned into what the page is to see. */
async function list(
  state: Opened,
  request: ListRequest,
  make: (rules: ListRules) => RankedItem[] | Promise<RankedItem[]>,
): Recommendations {
  const { model } = state.engine;
  const { exclude, filter } = request;
  const rules: ListRules = {
    ...request,
    exclude: knownRows(model.rowOf, exclude),
    filter: filter && (await otherLists()).compileFilter(filter, model.catalogue),
  };
  const started = performance.now();
  const ranked = await make(rules);
  state.rankMs = performance.now() - started;
  return ranked.map(({ row, score, source, propensity }, place) => ({
    itemId: model.ids[row],
    score,
    rank: place,
    source,
    ...(propensity === undefined ? {} : { propensity }),
    item: itemMetadata(model.catalogue, row),
  }));
}

function knownRows(rowOf: RowIndex, itemIds: readonly string[]): number[] {
  return itemIds.flatMap((itemId) => rowOf.get(itemId) ?? []);
}

const otherLists = () => loaded(import('../model/otherLists.ts'));
const seldom = () => loaded(import('./seldom.ts'));
