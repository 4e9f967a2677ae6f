/**
 * @module
 * What the threads that evaluate folds and the thread that leads them say to each other.
 */
import type { SottoErrorCode } from '../../src/errors.ts';
import type { FoldAnswers } from './answers.ts';
import type { EvaluatedTable } from '../itemMetadata.ts';
import type { FoldOutcome } from './evaluateFold.ts';
import type { EvaluationOptions } from './options.ts';

export interface FoldThreadData {
  /** Its columns in shared memory. */
  table: EvaluatedTable;
  options: EvaluationOptions;
  /** Threads to train with. */
  threads: number;
}

export interface FoldRequest {
  fold: number;
  answers: FoldAnswers[];
}

export type FoldReply =
  | { kind: 'share'; share: number; stage: string }
  | { kind: 'done'; outcome: FoldOutcome }
  | { kind: 'failed'; code: SottoErrorCode; message: string };
