/**
 * @module
 * A model small enough to reason about, for tests: six items on two tastes (first and second axis),
 * encoded as `sotto train` would and decoded again.
 */
import { itemFactors, gramOf } from './itemFactors.ts';
import type { Model } from '../model.ts';
import { MODEL_FORMAT, MODEL_FORMAT_VERSION } from '../artifact/manifest.ts';

/** Tea and coffee things along the first axis, garden things along the second. */
export const SMALL_MODEL_IDS = ['teapot', 'spade', 'teacup', 'rake', 'mug', 'pot'];

export function smallModel(): Model {
  const factors = itemFactors(
    [
      [120, 10],
      [8, 110],
      [90, 5],
      [2, 80],
      [60, 0],
      [40, 40],
    ],
    2,
    0.01,
  );
  const statistics = {
    popularity: Float64Array.of(50, 80, 30, 20, 10, 60),
    trending: Float64Array.of(5, 3, 9, 1, 2, 9),
    recent10: null,
    recent30: null,
    ageDays: null,
    months: null,
  };
  return {
    manifest: {
      format: MODEL_FORMAT,
      formatVersion: MODEL_FORMAT_VERSION,
      modelId: 'small',
      createdAt: '2026-01-01T00:00:00.000Z',
      items: 6,
      dim: 2,
      objective: { convention: 'ials', alpha0: 0.3, lambda: 0.01, nu: 1 },
      halfLifeDays: 100,
      trendingDays: 60,
      quantization: { kind: 'int8', scale: 0.01 },
      blockRows: 4,
      files: [],
    },
    ids: SMALL_MODEL_IDS,
    rowOf: new Map(SMALL_MODEL_IDS.map((id, row) => [id, row])),
    factors,
    centroids: null,
    gram: gramOf(factors),
    prior: Float64Array.of(0.3, 0.3),
    statistics,
    neighbours: null,
    catalogue: {
      title: ['Teapot', 'Spade', 'Teacup', 'Rake', 'Mug', 'Pot'],
      price: [20, 15, 5, 12, 4, null],
      categories: [['Tea'], ['Garden'], ['Tea'], ['Garden'], ['Tea', 'Gifts'], null],
    },
  };
}
