/**
 * @module
 * What the worker can say of what it learned: why an item has its score, and who the visitor is.
 */
import type { Explanation, LearnedProfile } from './api.ts';
import { describeProfile } from './describeProfile.ts';
import { itemMetadata } from './itemMetadata.ts';
import type { Opened } from './state.ts';
import { refuseItem } from './unknownItems.ts';
import { toWireError } from './wireErrors.ts';

/** @throws {SottoError} `unknown-item`. */
export async function explain(state: Opened, itemId: string): Promise<Explanation> {
  const { engine, visitor, records, rules } = state;
  const { model } = engine;
  const row = model.rowOf.get(itemId) ?? refuseItem(itemId);
  const { score, prior, parts, contributions } = await engine.explain(row, visitor);
  const describe = describeProfile(model, rules.halfLifeDays, visitor.nowMs);
  return {
    itemId,
    item: itemMetadata(model.catalogue, row),
    score,
    prior,
    parts,
    contributions: contributions.map((part) => ({
      itemId: model.ids[part.row],
      item: itemMetadata(model.catalogue, part.row),
      score: part.score,
      weight: describe.weight(records.get(model.ids[part.row])),
    })),
  };
}

export async function profile(state: Opened): Promise<LearnedProfile> {
  const { engine, visitor, records, rules, store, info, lastTimings, rankMs } = state;
  const { prior } = engine.model;
  const describe = describeProfile(engine.model, rules.halfLifeDays, Date.now());
  return {
    events: await store.countEvents(),
    ...describe.taste(records.values()),
    distance: Math.hypot(...visitor.embedding.map((value, f) => value - prior[f])),
    timings: lastTimings,
    refinement: state.refinement,
    rankMs,
    model: {
      ...info,
      retrieval: state.retrieval.name,
      warnings: state.warnings.map(toWireError),
    },
  };
}
