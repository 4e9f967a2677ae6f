import { describe, expect, it } from 'vitest';
import { tableOf } from '../../src/model/evaluation/table.case.ts';
import { formatReport } from './formatReport.ts';
import { renderPage } from './page/renderPage.ts';
import { formatTable } from './formatTable.ts';
import type { EvaluationReport } from './report.ts';
import type { EvaluationOptions } from './options.ts';
import { runEvaluation } from './runEvaluation.ts';

/**
 * Two tastes: a visitor walks through the 30 items of theirs in order, five a day, from a start of
 * their own. What comes next is plain to whoever knows the taste, and popularity does not.
 */
const log = tableOf(
  Array.from({ length: 60 }, (_, user) =>
    Array.from({ length: 25 }, (_, step) => {
      const taste = user % 2 ? 'a' : 'b';
      return `u${user} ${taste}${(user + step) % 30} ${Math.floor(step / 5) * 20}`;
    }),
  )
    .flat()
    .join('\n'),
);

const options: EvaluationOptions = {
  protocol: 'replay',
  period: 'test',
  folds: 2,
  until: 0.8,
  seed: 1,
  trendExponent: 0.25,
  model: {
    dim: 8,
    epochs: 4,
    objective: { convention: 'ials', alpha0: 0.1, lambda: 0.01, nu: 1 },
    repeat: 'once',
    seed: 1,
    halfLifeDays: 30,
    trendingDays: 60,
  },
};

function complete(report: Awaited<ReturnType<typeof runEvaluation>>): EvaluationReport {
  const data = {
    files: [],
    rows: 1500,
    kept: 1500,
    dropped: {},
    examples: {},
    users: 60,
    items: 60,
  };
  return { ...report, data, seconds: 1 };
}

describe('runEvaluation', () => {
  it('finds taste where there is some', async () => {
    const report = await runEvaluation(log, options);
    expect(report.cases).toBe(60);
    expect(report.users).toBe(60);
    const names = report.engines.map(({ engine }) => engine);
    expect(names).toEqual([
      'popularity',
      'trending 60 d',
      'trending 60 d, fresh',
      'fold-in, no decay',
      'fold-in, 30 d',
      'default, refreshed daily',
      'default',
    ]);
    const recall = (name: string) =>
      report.engines[names.indexOf(name)].metrics.find((metric) => metric.name === 'Recall@20')!;
    // Ten unseen items of the visitor's taste are left, and a list holds twenty.
    expect(recall('default').mean).toBeGreaterThan(0.9);
    expect(recall('default').low).toBeGreaterThan(recall('popularity').high);
    const lead = report.differences.find(({ than }) => than === 'popularity')!;
    expect(lead.low).toBeGreaterThan(0);
    expect(lead.mean).toBeCloseTo(recall('default').mean - recall('popularity').mean, 12);
    expect(lead.ratio.mean).toBeCloseTo(recall('default').mean / recall('popularity').mean, 12);
    expect(lead.ratio.low).toBeGreaterThan(1);
    expect(report.reaction.map(({ engine }) => engine)).toEqual(names);
    const reaction = report.reaction[names.length - 1].steps;
    expect(reaction.map(({ events }) => events)).toEqual([0, 1, 2, 3, 5, 10, 20, 50]);
    // Told nothing it shows what is trending; told one event it knows the taste.
    const trending = names.indexOf('trending 60 d');
    // Equal counts may stand in another order.
    expect(reaction[0].mean).toBeCloseTo(report.reaction[trending].steps[0].mean, 1);
    expect(reaction[1].mean).toBeGreaterThan(reaction[0].mean);
    expect(reaction[reaction.length - 1].mean).toBe(recall('default').mean);
  });

  it('is the same for the same seed, to the last bit', async () => {
    const small = { ...options, model: { ...options.model, epochs: 1 } };
    expect(await runEvaluation(log, small)).toEqual(await runEvaluation(log, small));
  });

  it('runs the strong protocol', async () => {
    const report = await runEvaluation(log, { ...options, protocol: 'strong' });
    expect(report.engines[0].metrics.map(({ name }) => name)).toEqual([
      'Recall@20',
      'Recall@50',
      'NDCG@100',
    ]);
    expect(report.period).toBeNull();
    expect(report.cases).toBe(60);
  });

  it('says so when there is nothing to ask', async () => {
    const single = tableOf(
      Array.from({ length: 40 }, (_, user) => `u${user} a ${user}`).join('\n'),
    );
    await expect(runEvaluation(single, options)).rejects.toThrow(/replay protocol must find/);
  });
});

describe('formatReport', () => {
  it('shows every engine in every table, aligned', async () => {
    const report = complete(await runEvaluation(log, options));
    const text = formatReport(report);
    expect(text).toMatch(/^replay: 60 groups of 60 held-out users, 2 folds, trained before 2020-/);
    for (const { engine } of report.engines) expect(text).toContain(`\n${engine} `);
    const lines = text.split('\n');
    const header = lines.findIndex((line) => line.startsWith('engine'));
    const at = lines[header].indexOf('Recall@20') + 'Recall@20'.length;
    for (const row of lines.slice(header + 1, header + 7)) {
      expect(row.slice(0, at)).toMatch(/[01]\.\d{4}$/);
    }
  });

  it('says of nothing how many times another it is where that found nothing', async () => {
    const report = complete(await runEvaluation(log, options));
    for (const one of report.engines) {
      one.ratioToPopularity = one.engine === 'popularity' ? NaN : Infinity;
    }
    for (const { ratio } of report.differences) ratio.mean = ratio.low = ratio.high = NaN;
    for (const text of [formatReport(report), renderPage(report)]) {
      expect(text).not.toMatch(/NaN|Infinity/);
    }
  });
});

it('formatTable aligns text left and numbers right', () => {
  const rows = [
    ['', 'wide column'],
    ['name', '1'],
  ];
  expect(formatTable(rows)).toBe(['      wide column', 'name            1'].join('\n'));
});
