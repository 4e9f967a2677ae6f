/**
 * @module
 * Folds side by side, each on a thread of its own, as many at once as there are threads. A fold
 * depends on no other, so the outcome is the same on any number of them.
 */
import type { Worker } from 'node:worker_threads';
import { SottoError } from '../../src/errors.ts';
import { startThread } from '../startThread.ts';
import type { FoldAnswers } from './answers.ts';
import type { EvaluatedTable } from '../itemMetadata.ts';
import { evaluateFold, type FoldOutcome } from './evaluateFold.ts';
import type { FoldReply, FoldRequest, FoldThreadData } from './foldMessages.ts';
import type { EvaluationOptions, OnProgress } from './options.ts';
import { shareInteractions } from './shareInteractions.ts';

/**
 * @param answersOf - other programs' lists over a fold.
 * @returns by fold.
 */
export async function runFolds(
  table: EvaluatedTable,
  options: EvaluationOptions,
  answersOf: (fold: number) => FoldAnswers[],
  threads: number,
  onProgress: OnProgress,
): Promise<FoldOutcome[]> {
  const { folds } = options;
  const shares = new Float64Array(folds);
  const report = (fold: number, share: number, stage: string): void => {
    shares[fold] = share;
    const done = shares.reduce((sum, value) => sum + value, 0);
    onProgress(done, folds, `fold ${fold + 1}/${folds}: ${stage}`);
  };
  const outcomes = new Array<FoldOutcome>(folds);

  if (threads === 1) {
    for (let fold = 0; fold < folds; fold++) {
      const tell = (share: number, stage: string): void => report(fold, share, stage);
      const answers = answersOf(fold);
      outcomes[fold] = await evaluateFold(table, options, fold, answers, 1, tell);
    }
    return outcomes;
  }

  const atOnce = Math.min(threads, folds);
  const data: FoldThreadData = {
    table: { ...table, interactions: shareInteractions(table.interactions) },
    options,
    threads: Math.floor(threads / atOnce),
  };
  const workers = Array.from({ length: atOnce }, () => startThread('evaluationThread', data));
  let next = 0;
  const work = async (worker: Worker): Promise<void> => {
    while (next < folds) {
      const fold = next++;
      const request: FoldRequest = { fold, answers: answersOf(fold) };
      outcomes[fold] = await ask(worker, request, (share, stage) => report(fold, share, stage));
      report(fold, 1, 'done');
    }
  };
  try {
    await Promise.all(workers.map(work));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return outcomes;
}

function ask(
  worker: Worker,
  request: FoldRequest,
  onShare: (share: number, stage: string) => void,
): Promise<FoldOutcome> {
  return new Promise((resolve, reject) => {
    const settle = (then: () => void): void => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      then();
    };
    const onMessage = (reply: FoldReply): void => {
      switch (reply.kind) {
        case 'share':
          return onShare(reply.share, reply.stage);
        case 'done':
          return settle(() => resolve(reply.outcome));
        case 'failed':
          return settle(() => reject(new SottoError(reply.code, reply.message)));
      }
    };
    const onError = (error: Error): void => settle(() => reject(error));
    const onExit = (status: number): void =>
      settle(() =>
        reject(
          new SottoError('internal', `an evaluating thread ended early, with status ${status}`),
        ),
      );
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage(request);
  });
}
