/**
 * @module
 * Sotto's own engine in the seat of an evaluated one: the very code that a visitor's worker runs,
 * from events to the finished list.
 */
import { emptyPreference, countEvent } from '../preferences.ts';
import type { Engine, ListRules } from '../engine.ts';
import type { FeedbackEvent, PreferenceRecord } from '../../events.ts';
import { UNCAPPED } from '../rules/uncapped.ts';
import type { EvaluatedEngine, SeenEvent } from './types.ts';

/** How lists are made, beside their length: what a page may ask for. */
export type ListSettings = Required<Pick<ListRules, 'diversity' | 'explore' | 'maxPerCategory'>>;

/** By score alone. */
export const PLAIN_LISTS: ListSettings = { diversity: 0, explore: 0, maxPerCategory: UNCAPPED };

/**
 * @param itemIds - the training table's; every one must be a row of the engine's model.
 * @param halfLifeDays - as the engine was made with.
 */
export function sottoEngine(
  name: string,
  engine: Engine,
  itemIds: readonly string[],
  halfLifeDays: number | null,
  settings = PLAIN_LISTS,
): EvaluatedEngine {
  const itemOf = new Map(itemIds.map((id, item) => [id, item]));
  const itemOfRow = Int32Array.from(engine.model.ids, (id) => itemOf.get(id) ?? -1);
  const rowOfItem = new Int32Array(itemIds.length);
  for (const [row, item] of itemOfRow.entries()) if (item >= 0) rowOfItem[item] = row;
  return {
    name,
    async recommend(history, nowMs, count, taken: Iterable<number> = []) {
      const records = recordsOf(history, itemIds, halfLifeDays);
      const visitor = await engine.learn(records.values(), nowMs);
      const exclude = Array.from(taken, (item) => rowOfItem[item]);
      const rules = { count, exclude, filter: null, ...settings };
      const list = await engine.recommend(visitor, rules);
      return list
        .filter(({ row }) => !visitor.seen.has(row)) // what fills up a list of too few
        .map(({ row }) => itemOfRow[row]);
    },
  };
}

/** What the visitor's device would hold after this history. */
export function recordsOf(
  history: readonly SeenEvent[],
  itemIds: readonly string[],
  halfLifeDays: number | null,
): Map<string, PreferenceRecord> {
  // The table keeps weights, not actions: each weight becomes an action of its own.
  const actionWeights: Record<string, number> = {};
  const records = new Map<string, PreferenceRecord>();
  for (const [index, { item, weight, timestamp }] of history.entries()) {
    const action = `weight ${weight}`;
    actionWeights[action] = weight;
    const itemId = itemIds[item];
    const event: FeedbackEvent = { id: `${index}`, itemId, action, timestamp, sessionId: '' };
    const record = records.get(itemId) ?? emptyPreference(itemId);
    records.set(itemId, countEvent(record, event, { actionWeights, halfLifeDays }));
  }
  return records;
}
