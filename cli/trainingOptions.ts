/**
 * @module
 * The options that say how item factors are trained; every command that trains has the same ones,
 * and their defaults stand here only.
 */
import { availableParallelism } from 'node:os';
import { type Command, Option } from 'commander';
import type { Objective } from '../src/model/objective.ts';
import { REPEAT_RULES, type RepeatRule } from '../src/model/training/sparse.ts';
import type { TrainingOptions } from '../src/model/training/trainFactors.ts';
import type { ReadResult } from './readers/readInteractions.ts';
import { integerIn, numberIn, oneOf, orNone } from './arguments.ts';

const CONVENTIONS = ['ials', 'implicit', 'spark'] as const;

export interface ObjectiveArguments {
  objective: (typeof CONVENTIONS)[number];
  alpha0: number;
  nu: number;
  alpha?: number;
  lambda?: number;
}

export interface TrainingArguments extends ObjectiveArguments {
  dim: number;
  epochs: number;
  repeat?: RepeatRule;
  trainingHalfLifeDays?: number | null;
  seed: number;
  threads: number;
  blend: 'learned' | 'plain';
}

/** λ and α where none is given: those of the library or paper that each convention is of. */
const DEFAULT_CONSTANTS = {
  ials: { lambda: 0.003, alpha: 1 },
  implicit: { lambda: 0.01, alpha: 40 },
  spark: { lambda: 0.1, alpha: 1 },
} as const;

/** Chosen on the validation period of docs/quality.md. */
const DEFAULT_TRAINING_HALF_LIFE_DAYS = 180;

export function addObjectiveOptions(command: Command): Command {
  return command
    .optionsGroup('Training:')
    .addOption(
      new Option('--objective <convention>', 'ials, implicit or spark')
        .argParser(oneOf('--objective', CONVENTIONS))
        .default('ials'),
    )
    .addOption(
      new Option('--alpha0 <number>', 'ials: weight of what a user did not choose')
        .argParser(numberIn('--alpha0', 0, 1e6))
        .default(0.3),
    )
    .addOption(
      new Option('--lambda <number>', 'ridge (ials 0.003, implicit 0.01, spark 0.1)').argParser(
        numberIn('--lambda', 0, 1e6),
      ),
    )
    .addOption(
      new Option('--nu <number>', 'ials: how the ridge grows with a row’s events')
        .argParser(numberIn('--nu', 0, 10))
        .default(1),
    )
    .addOption(
      new Option('--alpha <number>', 'implicit (40), spark (1): confidence per weight').argParser(
        numberIn('--alpha', 0, 1e6),
      ),
    );
}

export function addTrainingOptions(command: Command): Command {
  return addObjectiveOptions(
    command
      .optionsGroup('Training:')
      .addOption(
        new Option('--dim <n>', 'embedding length')
          .argParser(integerIn('--dim', 1, 512))
          .default(64),
      )
      .addOption(
        new Option('--epochs <n>', 'passes over users and items')
          .argParser(integerIn('--epochs', 1, 1000))
          .default(10),
      ),
  )
    .addOption(
      new Option(
        '--repeat <rule>',
        'what several events of one user with one item come to: once, max, sum ' +
          '(once; max where rows have weights or actions)',
      ).argParser(oneOf('--repeat', REPEAT_RULES)),
    )
    .addOption(
      new Option(
        '--training-half-life-days <days>',
        `until a training event counts half; none: never (${DEFAULT_TRAINING_HALF_LIFE_DAYS}; ` +
          'none without times or with another objective than ials)',
      ).argParser(orNone(numberIn('--training-half-life-days', 1e-3, 1e6))),
    )
    .addOption(
      new Option(
        '--blend <kind>',
        'learned: neighbours, and weights of all signals from the last fifth of the events; ' +
          'plain: similarity and trend alone',
      )
        .argParser(oneOf('--blend', ['learned', 'plain'] as const))
        .default('learned'),
    )
    .addOption(
      new Option('--seed <n>', 'of the starting factors; equal seeds give equal models')
        .argParser(integerIn('--seed', 0, 2 ** 32 - 1))
        .default(1),
    )
    .addOption(
      new Option('--threads <n>', 'never changes the result')
        .argParser(integerIn('--threads', 1, 256))
        .default(availableParallelism(), 'all cores'),
    );
}

export function objectiveOf(given: ObjectiveArguments): Objective {
  const convention = given.objective;
  const defaults = DEFAULT_CONSTANTS[convention];
  const lambda = given.lambda ?? defaults.lambda;
  if (convention === 'ials') return { convention, alpha0: given.alpha0, lambda, nu: given.nu };
  return { convention, alpha: given.alpha ?? defaults.alpha, lambda };
}

/** @param read - whether the rows differ in weight, and whether they have times. */
export function trainingOptions(
  given: TrainingArguments,
  read: Pick<ReadResult, 'weighted' | 'interactions'>,
): TrainingOptions {
  const { weighted, interactions } = read;
  const decays = interactions.timestamps !== null && given.objective === 'ials';
  return {
    dim: given.dim,
    epochs: given.epochs,
    objective: objectiveOf(given),
    repeat: given.repeat ?? (weighted ? 'max' : 'once'),
    trainingHalfLifeDays:
      given.trainingHalfLifeDays === undefined
        ? decays
          ? DEFAULT_TRAINING_HALF_LIFE_DAYS
          : null
        : given.trainingHalfLifeDays,
    seed: given.seed,
  };
}
