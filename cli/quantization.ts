/**
 * @module
 * The options of the commands that quantise factors, and the quantising itself with what it has to
 * report.
 */
import { type Command, Option } from 'commander';
import {
  chooseQuantization,
  type ChosenQuantization,
  type QuantizationChoice,
} from '../src/model/artifact/chooseQuantization.ts';
import { QUANTIZATION_KINDS } from '../src/model/artifact/manifest.ts';
import { numberIn, oneOf } from './arguments.ts';
import { loadRankingKernels } from './rankingKernels.ts';
import type { ReportLine } from './report.ts';

export interface QuantizationArguments {
  quantization: QuantizationChoice;
  minRecall: number;
}

export function addQuantizationOptions(command: Command): Command {
  return command
    .optionsGroup('What is published:')
    .addOption(
      new Option('--quantization <kind>', 'int8, pq4 (smaller), or auto: the smallest that recalls')
        .argParser(oneOf('--quantization', [...QUANTIZATION_KINDS, 'auto'] as const))
        .default('int8'),
    )
    .addOption(
      new Option('--min-recall <share>', 'pq4, auto: share of the exact top 50 to keep')
        .argParser(numberIn('--min-recall', 0, 1))
        .default(0.95),
    );
}

export function quantise(
  given: QuantizationArguments,
  items: { factors: Float32Array; ids: readonly string[]; dim: number },
  queries: readonly Float64Array[],
): Promise<ChosenQuantization> {
  return chooseQuantization(
    items,
    given.quantization,
    given.minRecall,
    queries,
    loadRankingKernels(),
  );
}

export function quantizationLines({ kind, quantized, recall }: ChosenQuantization): ReportLine[] {
  const error = (quantized.relativeError * 100).toFixed(2);
  const lines: ReportLine[] = [[`${kind} error`, `${error} % of the factors' magnitude`]];
  if (recall) {
    const share = (recall.overlap * 100).toFixed(1);
    lines.push([
      `${kind} recall`,
      `${share} % of the exact top ${recall.at}, over ${recall.queries} lists`,
    ]);
  }
  return lines;
}
