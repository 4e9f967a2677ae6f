/**
 * @module
 * ModelParts: all that a model is made of, and whether it fits together.
 */
import { requireInteger, SottoError } from '../../errors.ts';
import type { Blend } from '../blend.ts';
import type { Catalogue, ItemNeighbours } from '../model.ts';
import type { Objective } from '../objective.ts';
import type { TrainedSegments } from '../training/segmentsOf.ts';
import { MAX_DIM, MAX_ITEMS, type StatisticsColumns, type TrainingSummary } from './manifest.ts';

/** By item, in any one order. */
export interface ModelParts {
  ids: readonly string[];
  dim: number;
  /** N × d, row-major. */
  factors: Float32Array;
  /** m, length d. */
  prior: Float64Array;
  objective: Objective;
  /** null: events keep their weight. */
  halfLifeDays: number | null;
  trendingDays: number;
  /** ISO 8601, UTC: the newest event of `statistics`. Absent: they have no times. */
  countedAt?: string;
  statistics: StatisticsColumns;
  /** Absent: none are published. */
  neighbours?: ItemNeighbours;
  /** Absent: similarity and trend alone. */
  blend?: Blend;
  catalogue: Catalogue;
  /** Absent: none are published. */
  segments?: TrainedSegments | null;
  /** The items that were trained on, which come first; the rest have predicted factors. Default all. */
  trainedItems?: number;
  /** ISO 8601, UTC. */
  createdAt: string;
  attribution?: string;
  training?: TrainingSummary;
}

/**
 * @throws {SottoError} `invalid-argument` when lengths disagree or an id comes twice; `not-finite`
 * for a prior that is not.
 */
export function requireParts(parts: ModelParts): void {
  requireInteger('items', parts.ids.length, 0, MAX_ITEMS);
  requireInteger('dim', parts.dim, 1, MAX_DIM);
  requireLengths(parts);
  requireDistinct(parts.ids);
  for (const value of parts.prior) {
    if (!Number.isFinite(value)) {
      throw new SottoError('not-finite', `prior must be finite but holds ${value}`);
    }
  }
}

function requireLengths(parts: ModelParts): void {
  const { ids, dim } = parts;
  const lengths: [name: string, actual: number, expected: number][] = [
    ['factors', parts.factors.length, ids.length * dim],
    ['prior', parts.prior.length, dim],
    ...Object.entries(parts.statistics).map(([name, column]): [string, number, number] => [
      `statistics.${name}`,
      (column as readonly number[]).length,
      ids.length,
    ]),
    ...(parts.neighbours
      ? [['neighbours', parts.neighbours.starts.length - 1, ids.length] as [string, number, number]]
      : []),
    ...Object.entries(parts.catalogue).map(([name, column]): [string, number, number] => [
      name,
      column.length,
      ids.length,
    ]),
  ];
  for (const [name, actual, expected] of lengths) {
    if (actual !== expected) {
      throw new SottoError(
        'invalid-argument',
        `${name} must hold ${expected} values but holds ${actual}`,
      );
    }
  }
}

function requireDistinct(ids: readonly string[]): void {
  const seen = new Set<string>();
  for (const id of ids) {
    if (seen.has(id)) {
      throw new SottoError('invalid-argument', `ids must be distinct but ${id} comes twice`);
    }
    seen.add(id);
  }
}
