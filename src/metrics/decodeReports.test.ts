import { describe, expect, test } from 'vitest';
import type { FeedbackEvent } from '../events.ts';
import { seededRandom } from '../model/training/seededRandom.ts';
import { createReport } from './createReport.ts';
import { decodeReports } from './decodeReports.ts';
import { resolveReportRequest } from './reportRequest.ts';
import type { ReportRequest } from './types.ts';

const REQUEST = {
  metrics: [
    { listId: 'front', action: 'click', cap: 3 },
    { listId: 'front', position: 0, action: 'click' },
    { action: 'purchase' },
  ],
  epsilon: 0.8,
} satisfies ReportRequest;

let made = 0;
function clicks(count: number, fields: Partial<FeedbackEvent> = {}): FeedbackEvent[] {
  return Array.from({ length: count }, () => ({
    id: `${made++}`,
    itemId: 'x',
    action: 'click',
    timestamp: 1,
    sessionId: 's',
    listId: 'front',
    position: 4,
    ...fields,
  }));
}

/** Clicks by visitor: 5 counts as 3. */
const CLICKS = [0, 0, 0, 0, 1, 1, 1, 2, 2, 5];
const SHARES = [0.4, 0.3, 0.2, 0.1];
const MEAN = 1;
const resolved = resolveReportRequest(REQUEST);

describe('over many panels of visitors', () => {
  const panels = 400;
  const visitors = 500;
  const random = seededRandom(7);
  const decoded = Array.from({ length: panels }, () => {
    const reports = Array.from({ length: visitors }, (_, visitor) =>
      createReport(clicks(CLICKS[visitor % CLICKS.length]), resolved, random),
    );
    return decodeReports(reports, REQUEST).metrics;
  });
  const summary = (values: number[]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance =
      values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
    return { mean, deviation: Math.sqrt(variance) };
  };

  for (const [value, share] of SHARES.entries()) {
    test(`the share of visitors with ${value} clicks is estimated without bias`, () => {
      const found = decoded.map(([metric]) => metric.shares[value]);
      const { mean, deviation } = summary(found.map(({ estimate }) => estimate));
      // Four standard errors of the mean of all panels: by chance once in 16,000 times.
      expect(Math.abs(mean - share)).toBeLessThan((4 * deviation) / Math.sqrt(panels));
      // Visitors are the same ones in every panel here, so the errors stated, which hold the chance
      // of which visitors there are too, may lie a little above what the panels show.
      const stated = summary(found.map(({ standardError }) => standardError)).mean;
      expect(stated / deviation).toBeGreaterThan(0.9);
      expect(stated / deviation).toBeLessThan(1.25);
    });
  }

  test('so is the mean, and two standard errors hold the truth as often as they should', () => {
    const found = decoded.map(([{ mean }]) => mean);
    const { mean, deviation } = summary(found.map(({ estimate }) => estimate));
    expect(Math.abs(mean - MEAN)).toBeLessThan((4 * deviation) / Math.sqrt(panels));
    const inside = found.filter(
      ({ estimate, standardError }) => Math.abs(estimate - MEAN) < 1.96 * standardError,
    ).length;
    expect(inside / panels).toBeGreaterThan(0.92);
  });

  test('what nobody did is estimated as nothing', () => {
    const { mean, deviation } = summary(decoded.map(([, , { mean }]) => mean.estimate));
    expect(Math.abs(mean)).toBeLessThan((4 * deviation) / Math.sqrt(panels));
  });
});

test('only the drawn questions are answered, each as often as any other', () => {
  const request = { ...REQUEST, answers: 1 };
  const random = seededRandom(3);
  const reports = Array.from({ length: 6000 }, () =>
    createReport(clicks(2, { position: 0 }), resolveReportRequest(request), random),
  );
  expect(reports.every(({ metrics }) => metrics.length === 1)).toBe(true);
  const { metrics, accepted } = decodeReports(reports, request);
  expect(accepted).toBe(6000);
  for (const metric of metrics) {
    expect(Math.abs(metric.reports - 2000)).toBeLessThan(5 * Math.sqrt(6000 * (1 / 3) * (2 / 3)));
  }
  const [front, first, bought] = metrics.map(({ mean }) => mean);
  for (const [{ estimate, standardError }, truth] of [
    [front, 2],
    [first, 1],
    [bought, 0],
  ] as const) {
    expect(Math.abs(estimate - truth)).toBeLessThan(4 * standardError);
  }
});

describe('what arrives', () => {
  const report = createReport([], resolved, seededRandom(1));
  const altered = (change: object) => ({ ...report, ...change });

  test('texts and objects are read alike', () => {
    const { accepted, rejected } = decodeReports([report, JSON.stringify(report)], REQUEST);
    expect([accepted, rejected]).toEqual([2, 0]);
  });

  test('what does not fit is left out as a whole, and never throws', () => {
    const [first, second, third] = report.metrics;
    const bad: unknown[] = [
      ...['', 'not JSON', '{}', 'null', null, undefined, 7, [], () => 0],
      altered({ format: 'other' }),
      altered({ formatVersion: 2 }),
      // Another ε has other probabilities.
      altered({ epsilon: 0.7 }),
      altered({ epsilon: '0.8' }),
      altered({ metrics: [first, second] }),
      altered({ metrics: [first, second, second] }),
      altered({ metrics: [first, second, { ...third, action: 'cart' }] }),
      altered({ metrics: [first, second, { ...third, value: 2 }] }),
      altered({ metrics: [first, second, { ...third, value: -1 }] }),
      altered({ metrics: [first, second, { ...third, value: 0.5 }] }),
      altered({ metrics: [first, second, { ...third, value: '1' }] }),
      altered({ metrics: [first, second, { ...third, cap: 50, value: 50 }] }),
      altered({ metrics: { length: 3 } }),
    ];
    const { metrics, accepted, rejected } = decodeReports(bad, REQUEST);
    expect([accepted, rejected]).toEqual([0, bad.length]);
    expect(metrics.map(({ reports }) => reports)).toEqual([0, 0, 0]);
    expect(metrics[0].mean).toEqual({ estimate: 0, standardError: Infinity });
  });

  test('a bad request is refused, on the device and on the server alike', () => {
    const bad: [unknown, string][] = [
      [undefined, 'metrics must be an array of 1 to 100 but got undefined'],
      [{ metrics: [] }, 'metrics must be an array of 1 to 100 but got an array of 0'],
      [{ ...REQUEST, epsilon: 1.01 }, 'epsilon must be a number in [0.01, 1] but got 1.01'],
      [{ ...REQUEST, epsilon: 0 }, 'epsilon must be a number in [0.01, 1] but got 0'],
      [{ ...REQUEST, lifetimeEpsilon: 21 }, 'lifetimeEpsilon must be'],
      [{ ...REQUEST, answers: 4 }, 'answers must be a whole number in [1, 3] but got 4'],
      [{ ...REQUEST, days: 366 }, 'days must be a number in [1, 365] but got 366'],
      [{ metrics: [{}] }, 'metrics[0].action must be a text'],
      [{ metrics: [{ action: 'click', cap: 101 }] }, 'metrics[0].cap must be'],
      [{ metrics: [{ action: 'click' }, { action: 'click' }] }, 'metrics[1] must be unlike'],
    ];
    for (const [request, message] of bad) {
      expect(() => decodeReports([], request as ReportRequest)).toThrow(message);
    }
  });
});

test('a report says the same of a visitor who did nothing as of any other, but for the numbers', () => {
  const busy = [...clicks(40), ...clicks(3, { action: 'purchase', listId: 'secret-list' })];
  const without = (events: FeedbackEvent[]) => {
    const report = createReport(events, resolved, seededRandom(5));
    for (const metric of report.metrics) metric.value = 0;
    return JSON.stringify(report);
  };
  expect(without(busy)).toBe(without([]));
});
