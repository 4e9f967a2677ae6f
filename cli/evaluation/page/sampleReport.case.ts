/**
 * @module
 * A report as `sotto evaluate` makes one, with numbers made up by a formula, for the tests of the
 * page.
 */
import type { Estimate } from '../../../src/model/evaluation/bootstrap.ts';
import type { EvaluationReport } from '../report.ts';

const ENGINES = ['popularity', 'trending 60 d', 'implicit ALS', 'fold-in, no decay', 'default'];

const about = (mean: number): Estimate => ({ mean, low: mean * 0.94, high: mean * 1.07 });

export function sampleReport(): EvaluationReport {
  const recall = (index: number): number => 0.035 + 0.0187 * index;
  return {
    protocol: 'replay',
    period: { kind: 'test', from: '2011-09-12T00:00:00.000Z', to: null },
    folds: 5,
    measuredFolds: 5,
    seed: 1,
    model: {
      dim: 64,
      epochs: 10,
      objective: { convention: 'ials', alpha0: 0.3, lambda: 0.003, nu: 1 },
      repeat: 'once',
      trainingHalfLifeDays: 180,
      halfLifeDays: null,
      trendingDays: 60,
      trendExponent: 0.5,
    },
    data: {
      files: [{ file: '/data/orders.csv', rows: 1000, columns: {} }],
      ...{ rows: 1000, kept: 900, dropped: {}, examples: {}, users: 50, items: 40 },
    },
    cases: 4398,
    users: 2374,
    engines: ENGINES.map((engine, index) => ({
      engine,
      isExternal: engine === 'implicit ALS',
      cases: 4398,
      users: 2374,
      metrics: [
        { name: 'Recall@20', ...about(recall(index)) },
        { name: 'NDCG@20', ...about(recall(index) * 0.8) },
      ],
      serendipity: about(recall(index) * 0.7),
      ...{ coverage: 0.02 * (index + 1), novelty: 3 + index / 7, diversity: 0.7 + index / 50 },
      // Nobody had a single event: a mean of nothing is NaN.
      byEventsSeen: [1, 2, 3, 5].map((from, step) => ({
        ...{ from, to: step < 3 ? from : null, cases: step * 100 },
        mean: step === 0 ? NaN : recall(index) * (1 + step / 10),
      })),
      ratioToPopularity: recall(index) / recall(0),
    })),
    differences: ENGINES.slice(0, -1).map((than, index) => ({
      ...{ metric: 'Recall@20', engine: 'default', than },
      ...about(recall(4) - recall(index)),
      ratio: about(recall(4) / recall(index)),
    })),
    // The other program did not say what it would list for nobody.
    reaction: ENGINES.map((engine, index) => ({
      engine,
      steps: [0, 1, 5]
        .filter((events) => events > 0 || engine !== 'implicit ALS')
        .map((events) => ({ events, ...about(recall(index) * (0.5 + events / 10)) })),
    })),
    tradeOff: (['diversity', 'explore', 'maxPerCategory'] as const).flatMap((setting) =>
      [setting === 'maxPerCategory' ? null : 0, 0.5, 1].map((value) => ({
        ...{ setting, value, coverage: 0.1, novelty: 4, diversity: 0.8 },
        recall: about(recall(4) * (1 - (value ?? 0) / 3)),
        ratio: about(1 - (value ?? 0) / 3),
      })),
    ),
    seconds: 12.3,
  };
}
