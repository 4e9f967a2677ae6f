/**
 * @module
 * What a model is packed from, whichever program trained it, and the arguments that say where it is.
 */
import type { Objective } from '../../src/model/objective.ts';
import type { Matrix } from '../matrixTypes.ts';
import type { ObjectiveArguments } from '../trainingOptions.ts';

export interface TrainedFactors {
  /** By row of `items`. */
  ids: string[];
  items: Matrix;
  /** null: nothing is known of users. */
  users: Matrix | null;
  objective: Objective;
}

/** Programs whose own files are read as they are. */
export const PROGRAMS = ['implicit', 'spark'] as const;

export interface SourceArguments extends ObjectiveArguments {
  from?: (typeof PROGRAMS)[number];
  factors?: string;
  ids?: string;
  idColumn?: string[];
  factorsArray?: string;
  factorsColumn?: string[];
  /** false: `--no-user-factors`. */
  userFactors?: string | false;
}
