/**
 * @module
 * The four kinds of list, as a page asks for them: ids become rows on the way in, rows become items
 * with their metadata on the way out.
 *
 * Lists are computed from the last visitor and never wait for learning.
 */
import { SottoError } from '../errors.ts';
import type { RowIndex } from '../model/artifact/rowIndex.ts';
import type { ListRules, RankedItem } from '../model/engine.ts';
import { compileFilter } from '../model/rules/filter.ts';
import type { ListRequest, PopularityWindow, RankRequest, Recommendation } from './api.ts';
import { itemMetadata } from './itemMetadata.ts';
import type { Opened } from './opened.ts';

type Recommendations = Promise<Recommendation[]>;

export function recommend(state: Opened, request: ListRequest): Recommendations {
  return list(state, request, (rules) => state.engine.recommend(state.visitor, rules));
}

/** @throws {SottoError} `unknown-item`. */
export function similar(state: Opened, itemId: string, request: ListRequest): Recommendations {
  const row = requireRow(state, itemId);
  return list(state, request, (rules) => state.engine.similar(row, state.visitor, rules));
}

/** @throws {SottoError} `unknown-item`, where the request says so. */
export async function rank(state: Opened, request: RankRequest): Recommendations {
  const { rowOf } = state.engine.model;
  const unknown = request.itemIds.filter((itemId) => !rowOf.has(itemId));
  if (unknown.length > 0 && request.unknown === 'reject') requireRow(state, unknown[0]);
  const known = knownRows(rowOf, request.itemIds);
  const ranked = await list(state, request, (rules) =>
    state.engine.rank(known, state.visitor, rules),
  );
  return ranked.concat(unknownLast(unknown, request, ranked)).slice(0, request.count);
}

export function popular(
  state: Opened,
  window: PopularityWindow,
  request: ListRequest,
): Recommendations {
  return list(state, request, (rules) => state.engine.popular(window, state.visitor, rules));
}

/** @throws {SottoError} `unknown-item`. */
export function requireRow({ engine }: Opened, itemId: string): number {
  const row = engine.model.rowOf.get(itemId);
  if (row !== undefined) return row;
  throw new SottoError(
    'unknown-item',
    `itemId must be an item of the model but is ${JSON.stringify(itemId)}`,
  );
}

/** A list: timed, and its rows turned into what the page is to see. */
async function list(
  state: Opened,
  request: ListRequest,
  make: (rules: ListRules) => RankedItem[] | Promise<RankedItem[]>,
): Recommendations {
  const { model } = state.engine;
  const rules: ListRules = {
    ...request,
    exclude: knownRows(model.rowOf, request.exclude),
    filter: request.filter && compileFilter(request.filter, model.catalogue),
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
