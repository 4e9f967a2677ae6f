/**
 * @module
 * What `sotto evaluate` found: one document, for `--json` and for the tables.
 */
import type { Estimate } from '../../src/model/evaluation/bootstrap.ts';
import type { EngineSummary } from '../../src/model/evaluation/summary.ts';
import type { Objective } from '../../src/model/objective.ts';
import type { ReadReport } from '../readers/readInteractions.ts';

export interface EvaluationReport {
  protocol: 'replay' | 'strong';
  /** Replay only. ISO 8601; `to` is null when the period ends with the data. */
  period: { kind: 'test' | 'validation'; from: string; to: string | null } | null;
  folds: number;
  seed: number;
  model: {
    dim: number;
    epochs: number;
    objective: Objective;
    repeat: string;
    trainingHalfLifeDays?: number | null;
    halfLifeDays: number | null;
    trendingDays: number;
    trendExponent: number;
  };
  data: ReadReport & { users: number; items: number };
  cases: number;
  /** Held-out users that were asked for. */
  users: number;
  engines: EngineReport[];
  /** The default engine minus each other, first metric, over the same cases. */
  differences: (Estimate & { metric: string; engine: string; than: string })[];
  /** The default engine told only the newest events, over the same cases; first metric. */
  reaction: { events: number; mean: number }[];
  seconds: number;
}

export interface EngineReport extends EngineSummary {
  /** First metric over popularity's. */
  ratioToPopularity: number;
}
