/**
 * @module
 * What is counted on the device, what a report asks, and what it says. Types only: page, worker and
 * the site's server share them.
 */
import type { Action } from '../events.ts';

export interface MetricCounts {
  impressions: number;
  clicks: number;
  carts: number;
  /** Purchases, not pieces: an event of quantity 3 is one. */
  purchases: number;
}

export interface PositionMetrics extends MetricCounts {
  /** In the list, from 0. */
  position: number;
}

export interface ListMetrics extends MetricCounts {
  /** As `data-sotto-list` names it; null: events outside any list. */
  listId: string | null;
  /** Ascending. Events without a position count in the list alone. */
  positions: PositionMetrics[];
}

export interface MetricsOptions {
  /** How far back, days in [1, 36500]. Never further than `retentionDays`. Default: that far. */
  days?: number;
}

export interface Metrics {
  /** ms since the epoch: nothing older is counted. */
  sinceMs: number;
  /** Events looked at, of whatever action. */
  events: number;
  /** Most impressions first; what stood in no list last. */
  lists: ListMetrics[];
}

/** How often one visitor did one thing: answered with a whole number in [0, cap]. */
export interface MetricQuestion {
  /** Default: whatever list, or none. */
  listId?: string;
  /** From 0. Default: whatever position. */
  position?: number;
  action: Action;
  /** More often counts as this often, a whole number in [1, 100]. Default 1: whether at all. */
  cap?: number;
}

/** The very same object is given to `createReport` on the page and to `decodeReports`. */
export interface ReportRequest {
  /** 1 to 100, no two alike. */
  metrics: readonly MetricQuestion[];
  /** How much one answer may say of the true number, in [0.01, 1]. Default 1. */
  epsilon?: number;
  /**
   * Most that all reports of one device may say together, over its whole life, in [0.01, 20].
   * Default 10.
   */
  lifetimeEpsilon?: number;
  /**
   * How many of the questions one report answers, drawn anew for each; a whole number in
   * [1, metrics.length]. Default: all.
   */
  answers?: number;
  /** Events of the last so many days count, in [1, 365]. Default 7. */
  days?: number;
}

export interface ResolvedQuestion {
  /** null: whatever list, or none. */
  listId: string | null;
  /** null: whatever position. */
  position: number | null;
  action: Action;
  cap: number;
}

export interface ResolvedReportRequest {
  metrics: ResolvedQuestion[];
  epsilon: number;
  lifetimeEpsilon: number;
  answers: number;
  days: number;
}

export interface ReportedMetric extends ResolvedQuestion {
  /** Randomised on the device. Never read as true of one visitor. */
  value: number;
}

/** All that a page may send. It holds no id, no time and no true number. */
export interface Report {
  format: 'sotto-report';
  formatVersion: 1;
  /** Of each metric. */
  epsilon: number;
  metrics: ReportedMetric[];
}

export interface Estimate {
  estimate: number;
  standardError: number;
}

export interface DecodedMetric extends ResolvedQuestion {
  /** Reports that answered it. */
  reports: number;
  /** Mean of the capped number over visitors. */
  mean: Estimate;
  /** Share of visitors by number, from 0 to cap; may lie outside [0, 1] by chance. */
  shares: Estimate[];
}

export interface DecodedReports {
  /** In the order of the request. */
  metrics: DecodedMetric[];
  accepted: number;
  /** Reports that do not fit the request: damaged, foreign, or made for another one. */
  rejected: number;
}
