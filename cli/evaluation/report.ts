/**
 * @module
 * What `sotto evaluate` found: one document, for `--json`, for the tables and for the page.
 */
import type { Protocol } from './options.ts';
import type { Estimate } from '../../src/model/evaluation/bootstrap.ts';
import type { ListQuality } from '../../src/model/evaluation/listQuality.ts';
import type { EngineSummary } from '../../src/model/evaluation/summary.ts';
import type { Objective } from '../../src/model/objective.ts';
import type { ReadReport } from '../readers/readReport.ts';
import type { TradeOffPoint } from './tradeOff.ts';

export interface EvaluationReport {
  protocol: Protocol;
  /** Replay only. ISO 8601; `to` is null when the period ends with the data. */
  period: { kind: 'test' | 'validation'; from: string; to: string | null } | null;
  folds: number;
  /** The first so many of them. */
  measuredFolds: number;
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
  /**
   * The default engine minus each other, first metric, over the same cases; `ratio` is the default
   * engine's mean over the other's. Empty when the default engine was not asked for.
   */
  differences: Difference[];
  /** Each engine told only the newest events, over the same cases; first metric. */
  reaction: Reaction[];
  /** The default engine at other settings; empty unless asked for. */
  tradeOff: TradeOff[];
  seconds: number;
}

export interface EngineReport extends EngineSummary {
  /** First metric over popularity's. */
  ratioToPopularity: number;
  /** Another program's lists, read from a file. */
  isExternal: boolean;
}

export interface Difference extends Estimate {
  metric: string;
  engine: string;
  than: string;
  ratio: Estimate;
}

export interface Reaction {
  engine: string;
  /** `events` 0: told nothing. Steps that another program did not answer are absent. */
  steps: (Estimate & { events: number })[];
}

export interface TradeOff extends ListQuality, TradeOffPoint {
  /** First metric. */
  recall: Estimate;
  /** First metric over that at the defaults. */
  ratio: Estimate;
}
