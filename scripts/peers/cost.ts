/**
 * @module
 * `npm run peers:cost -- FILES…`: what training costs beside implicit's own `fit`, at the same d,
 * epochs, threads and rows, in turns in one run. Options are those of reading, and `--dim`,
 * `--epochs`, `--threads`, `--rounds`.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { integerIn } from '../../cli/arguments.ts';
import { formatTable } from '../../cli/evaluation/formatTable.ts';
import { readInteractions } from '../../cli/readers/readInteractions.ts';
import { addReadingOptions, readOptions, type ReadingArguments } from '../../cli/readingOptions.ts';
import { run } from '../../cli/run.ts';
import { createThreadedWorkshop } from '../../cli/threadedWorkshop.ts';
import type { Interactions } from '../../src/model/interactions.ts';
import { trainFactors } from '../../src/model/training/trainFactors.ts';
import { preparePython, run as runProgram } from '../python.ts';

const FIT_TIME = fileURLToPath(new URL('fit_time.py', import.meta.url));

interface CostArguments extends ReadingArguments {
  dim: number;
  epochs: number;
  threads: number;
  rounds: number;
}

const program = new Command('peers:cost');
addReadingOptions(program)
  .option('--dim <n>', 'embedding length', integerIn('--dim', 1, 512), 64)
  .option('--epochs <n>', 'passes over users and items', integerIn('--epochs', 1, 1000), 10)
  .option('--threads <n>', 'of both', integerIn('--threads', 1, 256), availableParallelism())
  .option('--rounds <n>', 'of each, in turns', integerIn('--rounds', 1, 100), 3)
  .action(async (given: CostArguments) => compareCost(given));

const argv = process.argv.slice(2);
const given = argv[0]?.startsWith('-') === false ? ['--interactions', ...argv] : argv;
process.exitCode = await run(program, ['node', 'peers:cost', ...given]);

async function compareCost(asked: CostArguments): Promise<void> {
  const { interactions } = await readInteractions(asked.interactions, readOptions(asked));
  const python = await preparePython('implicit');
  const folder = await mkdtemp(join(tmpdir(), 'sotto-cost-'));
  const seconds = new Map<string, number[]>();
  const add = (name: string, value: number): void => {
    const known = seconds.get(name);
    if (known) known.push(value);
    else seconds.set(name, [value]);
  };
  try {
    const [users, items] = ['users.bin', 'items.bin'].map((name) => join(folder, name));
    await writeFile(users, bytesOf(interactions.users));
    await writeFile(items, bytesOf(interactions.items));
    const size = ['dim', 'epochs', 'threads'] as const;
    const options = size.flatMap((name) => [`--${name}`, String(asked[name])]);
    for (let round = 0; round < asked.rounds; round++) {
      add('sotto, exact', await trainSeconds(interactions, asked));
      const parts = [FIT_TIME, '--users', users, '--items', items, ...options];
      const found = JSON.parse(await runProgram(python, parts)) as Record<string, number>;
      for (const [solver, value] of Object.entries(found)) add(`implicit, ${solver}`, value);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  const own = median(seconds.get('sotto, exact')!);
  process.stdout.write(
    `${interactions.users.length} rows, dim ${asked.dim}, ${asked.epochs} epochs, ` +
      `${asked.threads} threads; medians of ${asked.rounds}, in turns.\n\n` +
      formatTable([
        ['', 'seconds', 'of sotto’s'],
        ...[...seconds].map(([name, values]) => [
          name,
          median(values).toFixed(2),
          (median(values) / own).toFixed(2),
        ]),
      ]) +
      '\n',
  );
}

/** What `sotto train` spends on the factors; a pass over the users more than its epochs. */
async function trainSeconds(interactions: Interactions, asked: CostArguments): Promise<number> {
  const workshop = createThreadedWorkshop(asked.threads);
  const startedMs = performance.now();
  try {
    await trainFactors(
      interactions,
      {
        dim: asked.dim,
        epochs: asked.epochs,
        objective: { convention: 'ials', alpha0: 0.3, lambda: 0.003, nu: 1 },
        repeat: 'once',
        seed: 1,
      },
      workshop,
    );
    return (performance.now() - startedMs) / 1000;
  } finally {
    await workshop.close();
  }
}

function bytesOf(values: Int32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
