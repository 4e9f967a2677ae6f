/**
 * @module
 * What the blend is learned on: the candidates that the engine itself would rank for a case, each
 * with its signals, and which of them were chosen.
 */
import { freshness, newness, type Signal } from '../../blend.ts';
import { createEngine } from '../../engine.ts';
import { recordsOf } from '../../evaluation/sottoEngine.ts';
import type { Case } from '../../evaluation/types.ts';
import { createAlsLearner } from '../../learners/als.ts';
import type { Model } from '../../model.ts';
import type { RankContext, Ranker } from '../../rankers/types.ts';
import { createReferenceRetrieval } from '../../retrieval/reference.ts';
import { itemSignalsOf } from '../../signals/itemSignals.ts';
import { signalReader } from '../../signals/signals.ts';
import { FRESH_HALF_LIFE_DAYS } from './defaultBlend.ts';
import type { ChoiceList } from './fitSoftmax.ts';

/** A case, and how many of its newest events the engine is told. */
export interface ToldCase extends Case {
  told: number;
}

export interface CollectedList extends ChoiceList {
  /** Its case's place in what was asked. */
  asked: number;
  /** Of the model, by row of `values`. */
  rows: Int32Array;
}

/** Hits that a list of 20 can count. */
const LIST_LENGTH = 20;

/** Of every list, in this order: what `SignalWeight` has a further weight for. */
export const CONDITIONS = ['whenNew', 'whenFresh'] as const;

/**
 * @param itemIds - what the cases' items are indices of.
 * @returns lists in which something was chosen.
 */
export async function collectLists(
  model: Model,
  itemIds: readonly string[],
  cases: readonly ToldCase[],
  signals: readonly Signal[],
  halfLifeDays: number | null,
): Promise<CollectedList[]> {
  const size = signals.length;
  const itemSignals = itemSignalsOf(model.statistics);
  const { countedAt } = model.manifest;
  type Seen = Pick<CollectedList, 'rows' | 'values' | 'conditions'>;
  let seen: Seen | null = null;
  const recorder: Ranker = {
    name: 'recorder',
    score({ rows, similarity }, context) {
      seen ??= {
        rows,
        values: valuesOf(rows, similarity, context),
        conditions: [
          newness(context.signals.told),
          freshness(FRESH_HALF_LIFE_DAYS, countedAt, context.nowMs),
        ],
      };
      return new Float64Array(rows.length);
    },
    parts: () => [],
  };
  const engine = createEngine(model, {
    learner: createAlsLearner(),
    retrieval: createReferenceRetrieval(model.factors),
    ranker: recorder,
    halfLifeDays,
    random: () => 0.5, // nothing here explores
  });
  const rowOfItem = Int32Array.from(itemIds, (id) => model.rowOf.get(id) ?? -1);

  function valuesOf(rows: Int32Array, similarity: Float64Array, context: RankContext) {
    const items = itemSignals(context.nowMs);
    const source = { catalogue: model.catalogue, items, visitor: context.signals };
    const readers = signals.map((signal) => signalReader(signal, source));
    const values = new Float32Array(rows.length * size);
    for (let index = 0; index < rows.length; index++) {
      for (let f = 0; f < size; f++) {
        values[index * size + f] = readers[f](rows[index], similarity[index]);
      }
    }
    return values;
  }

  const lists: CollectedList[] = [];
  // Day after day: what everyone wants is put in order anew for each.
  const inTime = [...cases.entries()].sort(([, left], [, right]) => left.nowMs - right.nowMs);
  for (const [asked, { history, targets, nowMs, told }] of inTime) {
    const records = recordsOf(history.slice(history.length - told), itemIds, halfLifeDays);
    const visitor = await engine.learn(records.values(), nowMs);
    seen = null;
    const exclude = new Set(history.map(({ item }) => rowOfItem[item]));
    await engine.recommend(visitor, { count: 1, exclude, filter: null, diversity: 0, explore: 0 });
    // Written in the ranker, which the compiler does not follow.
    const recorded = seen as Seen | null;
    if (!recorded) continue;
    const wanted = new Set(Array.from(targets, (item) => rowOfItem[item]));
    const chosen = [...recorded.rows.keys()].filter((index) => wanted.has(recorded.rows[index]));
    if (chosen.length === 0) continue;
    const weight = Math.min(chosen.length, LIST_LENGTH) / Math.min(targets.length, LIST_LENGTH);
    lists.push({ ...recorded, chosen, weight, asked });
  }
  return lists.sort((left, right) => left.asked - right.asked);
}
