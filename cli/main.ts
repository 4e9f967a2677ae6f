#!/usr/bin/env node
/**
 * @module
 * The command line's entry. Whatever a command waits for is over when `run` resolves.
 */
import { createProgram } from './program.ts';
import { run } from './run.ts';

process.exitCode = await run(createProgram(), process.argv);
