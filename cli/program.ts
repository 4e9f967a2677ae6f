/**
 * @module
 * The commands of the command line: one file each, registered here.
 */
import { Command } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { registerEvaluate } from './evaluate.ts';
import { registerInspect } from './inspect.ts';
import { registerPack } from './pack.ts';
import { registerRefresh } from './refresh.ts';
import { registerTrain } from './train.ts';

export function createProgram(): Command {
  const program = new Command('sotto')
    .description('Trains, refreshes, packs and inspects models for the recommender in the browser.')
    .version(packageJson.version);
  registerTrain(program);
  registerRefresh(program);
  registerPack(program);
  registerEvaluate(program);
  registerInspect(program);
  return program;
}
