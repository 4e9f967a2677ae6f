#!/usr/bin/env node
/**
 * @module
 * The command line: one file a command, registered here.
 */
import { Command } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { registerEvaluate } from './evaluate.ts';
import { registerInspect } from './inspect.ts';
import { registerPack } from './pack.ts';
import { run } from './run.ts';
import { registerTrain } from './train.ts';

const program = new Command('sotto')
  .description('Trains, packs and inspects models for the recommender in the browser.')
  .version(packageJson.version);

registerTrain(program);
registerPack(program);
registerEvaluate(program);
registerInspect(program);

process.exitCode = await run(program, process.argv);
