/**
 * @module
 * From what every fold found to the document: means with intervals, and the default engine beside
 * each other.
 */
import { bootstrapMean } from '../../src/model/evaluation/bootstrap.ts';
import type { FoldResult } from '../../src/model/evaluation/measure.ts';
import { TOLD_STEPS } from '../../src/model/evaluation/newestOnly.ts';
import { periodOf } from '../../src/model/evaluation/replay.ts';
import { compare, summarise } from '../../src/model/evaluation/summary.ts';
import type { Interactions } from '../../src/model/interactions.ts';
import { seededRandom } from '../../src/model/training/seededRandom.ts';
import { SottoError } from '../../src/errors.ts';
import { metricsOf, type FoldOutcome } from './evaluateFold.ts';
import { DEFAULT_ENGINE, type EvaluationOptions } from './options.ts';
import type { EvaluationReport, Reaction, TradeOff } from './report.ts';
import { isDefault } from './tradeOff.ts';

/**
 * @param outcomes - by fold.
 * @param external - names of the engines whose lists were read from files.
 */
export function reportOf(
  interactions: Interactions,
  options: EvaluationOptions,
  outcomes: readonly FoldOutcome[],
  external: ReadonlySet<string>,
): Omit<EvaluationReport, 'data' | 'seconds'> {
  const { protocol, folds, seed, model } = options;
  const metrics = metricsOf(options);
  const period =
    protocol === 'strong' ? null : periodOf(interactions, options.until, options.period);
  const results = byEngine(outcomes);
  const summaries = [...results.values()].map((ofEngine) => summarise(ofEngine, metrics, seed));
  if (summaries[0].cases === 0) {
    throw new SottoError(
      'no-rows',
      `the ${protocol} protocol must find at least 1 case but found 0`,
    );
  }
  const popular = summaries[0].metrics[0].mean;
  const ofDefault = results.get(DEFAULT_ENGINE);
  return {
    protocol,
    period: period && {
      kind: options.period,
      from: new Date(period.fromMs).toISOString(),
      to: Number.isFinite(period.toMs) ? new Date(period.toMs).toISOString() : null,
    },
    folds,
    measuredFolds: options.measuredFolds ?? folds,
    seed,
    model: { ...model, trendExponent: options.trendExponent },
    cases: summaries[0].cases,
    users: summaries[0].users,
    engines: summaries.map((summary) => ({
      ...summary,
      ratioToPopularity: summary.metrics[0].mean / popular,
      isExternal: external.has(summary.engine),
    })),
    differences: [...results].flatMap(([than, ofOther]) =>
      !ofDefault || than === DEFAULT_ENGINE
        ? []
        : [
            {
              metric: metrics[0].name,
              engine: DEFAULT_ENGINE,
              than,
              ...compare(ofDefault, ofOther, 0, seed),
            },
          ],
    ),
    reaction: reactionOf(outcomes, seed),
    tradeOff: tradeOffOf(outcomes, options),
  };
}

/** In the order in which the folds measured them. */
function byEngine(outcomes: readonly FoldOutcome[]): Map<string, FoldResult[]> {
  return new Map(
    outcomes[0].results.map(({ engine }, index) => [
      engine,
      outcomes.map(({ results }) => results[index]),
    ]),
  );
}

function reactionOf(outcomes: readonly FoldOutcome[], seed: number): Reaction[] {
  const users = outcomes.flatMap(({ results }) => [...results[0].users]);
  return outcomes[0].reaction.map(({ engine }, index) => ({
    engine,
    steps: TOLD_STEPS.flatMap((events, step) => {
      const parts = outcomes.map(({ reaction }) => reaction[index].values[step]);
      const values = parts.flatMap((part) => (part ? [...part] : []));
      if (values.length !== users.length) return [];
      return [{ events, ...bootstrapMean(users, values, seededRandom(seed)) }];
    }),
  }));
}

function tradeOffOf(outcomes: readonly FoldOutcome[], options: EvaluationOptions): TradeOff[] {
  const metrics = metricsOf(options);
  const points = outcomes[0].tradeOff;
  const resultsOf = (at: number): FoldResult[] =>
    outcomes.map(({ tradeOff }) => tradeOff[at].result);
  return points.map(({ setting, value }, at) => {
    const results = resultsOf(at);
    const plain = resultsOf(
      points.findIndex((other) => other.setting === setting && isDefault(other)),
    );
    const summary = summarise(results, metrics, options.seed);
    const { mean, low, high } = summary.metrics[0];
    const { coverage, novelty, diversity } = summary;
    return {
      setting,
      value,
      recall: { mean, low, high },
      ratio: compare(results, plain, 0, options.seed).ratio,
      ...{ coverage, novelty, diversity },
    };
  });
}
