/**
 * @module
 * A thread that evaluates one fold after another, as it is asked.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { asSottoError } from '../src/errors.ts';
import { evaluateFold } from './evaluation/evaluateFold.ts';
import type { FoldReply, FoldRequest, FoldThreadData } from './evaluation/foldMessages.ts';

const { table, options, threads } = workerData as FoldThreadData;

const say = (reply: FoldReply): void => parentPort?.postMessage(reply);

parentPort?.on('message', ({ fold, answers }: FoldRequest) => {
  const onShare = (share: number, stage: string): void => say({ kind: 'share', share, stage });
  evaluateFold(table, options, fold, answers, threads, onShare).then(
    (outcome) => say({ kind: 'done', outcome }),
    (thrown: unknown) => {
      const { code, message } = asSottoError(thrown);
      say({ kind: 'failed', code, message });
    },
  );
});
