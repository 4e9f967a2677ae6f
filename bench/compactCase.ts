/**
 * @module
 * The compact model of a `rank` case: quantised as `sotto pack --quantization pq4` would, its step
 * chosen with made-up visitors, not with those that the benchmark then asks for.
 */
import { compileKernels } from '../scripts/buildKernels.ts';
import { chooseQuantization } from '../src/model/artifact/chooseQuantization.ts';
import type { Codebooks } from '../src/model/artifact/codebooks.ts';
import { queryCount, sampleVisitors } from '../src/model/artifact/sampleVisitors.ts';
import type { Objective } from '../src/model/objective.ts';
import type { ItemFactors } from '../src/model/model.ts';

const RECALL = 0.95;

export interface CompactCase {
  factors: ItemFactors;
  centroids: Float32Array;
  /** `order[row]` is the row of the int8 model that the item has. */
  order: Int32Array;
}

/** @param floats - N × d, in the order of the int8 model's rows. */
export async function makeCompactCase(
  floats: Float32Array,
  { dim, blockRows, rows }: ItemFactors,
  { prior, objective }: { prior: Float64Array; objective: Objective },
): Promise<CompactCase> {
  const ids = Array.from({ length: rows }, (_, row) => `item-${row}`);
  const parts = { factors: floats, ids, dim };
  const visitors = sampleVisitors(parts, { prior, objective }, queryCount(rows));
  const wasm = await compileKernels();
  const { quantized } = await chooseQuantization(parts, 'pq4', RECALL, visitors, wasm);
  const { basis, centroids } = quantized.codebooks as Codebooks;
  const { values, scale, order } = quantized;
  const blockNorms = Float64Array.from(quantized.blockNorms);
  const factors = { rows, dim, stride: dim, values, scale, basis, blockRows, blockNorms };
  return { factors, centroids, order };
}
