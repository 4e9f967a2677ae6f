/**
 * @module
 * decodeReports: what many randomised answers say together. For the site's server; it runs wherever
 * JavaScript does.
 *
 * With f the observed share of an answer and p, q as in `randomisedResponse.ts`, E[f] = q + (p − q)·π
 * for the true share π, so (f − q) / (p − q) is unbiased. So is (ȳ − q·S) / (p − q) for the mean of
 * the numbers themselves, S being the sum of all that can be told. Nothing is clipped to [0, 1]: that
 * would bias every small share upwards. Standard errors are those of the sample at hand, and hold
 * the noise that was added and the chance of which visitors there were.
 *
 * A report cannot be proven to come from a visitor. Whoever sends many can move an estimate: count
 * at most one report a visit by the means the server has.
 */
import { shown } from '../errors.ts';
import { responseProbabilities } from './randomisedResponse.ts';
import { questionKey, resolveReportRequest } from './reportRequest.ts';
import type { DecodedMetric, DecodedReports, Report, ReportedMetric } from './types.ts';
import type { ReportRequest, ResolvedReportRequest } from './types.ts';

/**
 * @param reports - as received: texts of JSON, or what was parsed from them. What does not fit is
 * counted, and never throws: anybody may send anything.
 * @param request - the one that the page's reports were made with.
 * @throws {SottoError} `invalid-argument` for a bad request.
 */
export function decodeReports(reports: Iterable<unknown>, request: ReportRequest): DecodedReports {
  const resolved = resolveReportRequest(request);
  const keys = resolved.metrics.map(questionKey);
  const told = resolved.metrics.map(({ cap }) => new Array<number>(cap + 1).fill(0));
  let accepted = 0;
  let rejected = 0;
  for (const given of reports) {
    const answers = readReport(given, resolved, keys);
    if (answers === null) rejected++;
    else accepted++;
    for (const [question, value] of answers ?? []) told[question][value]++;
  }
  return {
    metrics: resolved.metrics.map((question, index) => ({
      ...question,
      ...estimate(told[index], resolved.epsilon),
    })),
    accepted,
    rejected,
  };
}

/** @returns question and answer of each metric; null unless the whole report fits. */
function readReport(
  given: unknown,
  { epsilon, answers }: ResolvedReportRequest,
  keys: readonly string[],
): [question: number, value: number][] | null {
  try {
    const parsed: unknown = typeof given === 'string' ? JSON.parse(given) : given;
    const report = parsed as Report;
    if (report.format !== 'sotto-report' || report.formatVersion !== 1) return null;
    if (report.epsilon !== epsilon || report.metrics.length !== answers) return null;
    const read = report.metrics.map((metric) => {
      const question = keys.indexOf(questionKey(metric));
      return [question, readValue(metric)] as [number, number];
    });
    const isDistinct = new Set(read.map(([question]) => question)).size === read.length;
    return isDistinct && read.every(([question]) => question >= 0) ? read : null;
  } catch {
    return null;
  }
}

function readValue({ value, cap }: ReportedMetric): number {
  if (Number.isInteger(value) && value >= 0 && value <= cap) return value;
  throw new RangeError(`value must be in [0, ${cap}] but is ${shown(value)}`);
}

function estimate(
  told: readonly number[],
  epsilon: number,
): Pick<DecodedMetric, 'reports' | 'mean' | 'shares'> {
  const reports = told.reduce((sum, count) => sum + count, 0);
  const { kept, other } = responseProbabilities(told.length, epsilon);
  const scale = kept - other;
  // One report alone says nothing of how far off it may be.
  const errorOf = (variance: number): number =>
    reports < 2 ? Infinity : Math.sqrt(Math.max(0, variance) / (reports - 1)) / scale;
  const shareOf = (value: number): number => (reports ? told[value] / reports : other);
  const observed = told.map((_, value) => shareOf(value));
  const moment = (power: number): number =>
    observed.reduce((sum, share, value) => sum + share * value ** power, 0);
  const all = (told.length * (told.length - 1)) / 2;
  return {
    reports,
    mean: {
      estimate: (moment(1) - other * all) / scale,
      standardError: errorOf(moment(2) - moment(1) ** 2),
    },
    shares: observed.map((share) => ({
      estimate: (share - other) / scale,
      standardError: errorOf(share * (1 - share)),
    })),
  };
}
