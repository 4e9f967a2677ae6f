/**
 * @module
 * Log → the site's own numbers: as they are for the page's owner, randomised for a report. Loaded
 * only when asked for.
 */
import { requireNumber } from '../errors.ts';
import type { FeedbackEvent } from '../events.ts';
import { countMetrics } from '../metrics/countMetrics.ts';
import { createReport, reportEpsilon } from '../metrics/createReport.ts';
import { resolveReportRequest } from '../metrics/reportRequest.ts';
import type { Metrics, MetricsOptions, Report, ReportRequest } from '../metrics/types.ts';
import type { Opened } from './state.ts';

const DAY_MS = 86_400_000;
const MAX_DAYS = 36_500;

type Log = Pick<Opened, 'store'> & {
  request: Pick<Opened['request'], 'retentionDays' | 'retentionEvents'>;
};

/** @throws {SottoError} `invalid-argument`. */
export async function metricsFromLog(state: Log, given: MetricsOptions = {}): Promise<Metrics> {
  const { days = MAX_DAYS } = { ...given };
  requireNumber('days', days, 1, MAX_DAYS);
  const { events, sinceMs } = await eventsOf(state, days);
  return countMetrics(events, sinceMs);
}

/**
 * The budget is spent before the first number is drawn: a page that ends in between has lost some
 * of it, and none can be spent twice.
 * @returns null where the budget is spent, or cannot be kept: without database or consent.
 * @throws {SottoError} `invalid-argument`.
 */
export async function reportFromLog(state: Log, given: ReportRequest): Promise<Report | null> {
  const request = resolveReportRequest(given);
  const { store } = state;
  if (store.kind === 'memory') return null;
  if (!(await store.spend(reportEpsilon(request), request.lifetimeEpsilon))) return null;
  const { events } = await eventsOf(state, request.days);
  return createReport(events, request, cryptoRandom);
}

/** Past retention an event is held until the next look, but no longer counted. */
async function eventsOf({ store, request }: Log, days: number) {
  const { retentionDays, retentionEvents } = request;
  const sinceMs = Date.now() - Math.min(days, retentionDays) * DAY_MS;
  const events: FeedbackEvent[] = (await store.entries())
    .slice(-retentionEvents)
    .map(({ event }) => event)
    .filter(({ timestamp }) => timestamp >= sinceMs);
  return { events, sinceMs };
}

/** Uniform in [0, 1), 53 bits. */
function cryptoRandom(): number {
  const [high, low] = crypto.getRandomValues(new Uint32Array(2));
  return ((high >>> 5) * 2 ** 26 + (low >>> 6)) / 2 ** 53;
}
