/**
 * @module
 * The whole of an evaluation: every engine asked every case of every fold, and what came of it.
 */
import type { Interactions } from '../../src/model/interactions.ts';
import type { Catalogue } from '../../src/model/model.ts';
import type { FoldAnswers } from './answers.ts';
import type { EvaluationOptions, OnProgress } from './options.ts';
import type { EvaluationReport } from './report.ts';
import { reportOf } from './reportOf.ts';
import { runFolds } from './runFolds.ts';

export interface EvaluationRun {
  /** What is known of the items, by item index. */
  metadata?: Catalogue;
  /** Other programs' lists over a fold. */
  answersOf?: (fold: number) => FoldAnswers[];
  /** They never change the result. */
  threads?: number;
  onProgress?: OnProgress;
}

export async function runEvaluation(
  interactions: Interactions,
  options: EvaluationOptions,
  { metadata = {}, answersOf = () => [], threads = 1, onProgress = () => {} }: EvaluationRun = {},
): Promise<Omit<EvaluationReport, 'data' | 'seconds'>> {
  const table = { interactions, metadata };
  const outcomes = await runFolds(table, options, answersOf, threads, onProgress);
  onProgress(options.folds, options.folds, 'intervals');
  const external = new Set(answersOf(0).map(({ engine }) => engine));
  return reportOf(interactions, options, outcomes, external);
}
