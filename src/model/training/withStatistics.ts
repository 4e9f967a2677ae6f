/**
 * @module
 * withStatistics: a model whose counts were made anew, as `sotto refresh` publishes it.
 */
import { decodeStatistics } from '../artifact/decodeStatistics.ts';
import type { Model } from '../model.ts';
import { atOnce } from '../steps.ts';
import type { DatedStatistics } from './statisticsOverTime.ts';

/** @param itemIds - what the columns number items by; those that the model lacks are left out. */
export function withStatistics(
  model: Model,
  itemIds: readonly string[],
  { columns, newestMs }: DatedStatistics,
): Model {
  const { rows } = model.factors;
  const rowOf = itemIds.map((id) => model.rowOf.get(id));
  const byRow = Object.entries(columns).map(([name, ofItem]): [string, number[]] => {
    const values = new Array<number>(rows).fill(0);
    for (const [item, row] of rowOf.entries()) {
      if (row !== undefined) values[row] = (ofItem as readonly number[])[item];
    }
    return [name, values];
  });
  const countedAt = new Date(newestMs).toISOString();
  return {
    ...model,
    manifest: { ...model.manifest, countedAt },
    statistics: atOnce(decodeStatistics(Object.fromEntries(byRow), rows)),
  };
}
