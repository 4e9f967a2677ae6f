/**
 * @module
 * `npm run peers -- FILES…`: the default engine beside implicit's ALS, full EASE and an item kNN,
 * each tuned on the validation period, on the same groups of the test period. Options are those of
 * `sotto evaluate`; Python and the libraries are installed into a folder that git ignores.
 *
 * `--protocol strong` has no earlier period: there peers are tuned on the split of another seed.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, Option } from 'commander';
import { integerIn, numberIn, oneOf } from '../../cli/arguments.ts';
import { metricsOf, splitOf } from '../../cli/evaluation/evaluateFold.ts';
import { writeGroups } from '../../cli/evaluation/groups.ts';
import { listLengthOf } from '../../src/model/evaluation/measure.ts';
import { TOLD_STEPS } from '../../src/model/evaluation/newestOnly.ts';
import { createProgram } from '../../cli/program.ts';
import { readInteractions } from '../../cli/readers/readInteractions.ts';
import { addReadingOptions, readOptions, type ReadingArguments } from '../../cli/readingOptions.ts';
import { run } from '../../cli/run.ts';
import { PROTOCOLS, type EvaluationOptions, type Protocol } from '../../cli/evaluation/options.ts';
import { askPeers } from './askPeers.ts';
import { PEERS, type Peer } from './peers.ts';
import { forEvaluate } from './forEvaluate.ts';
import { shownOf, tune } from './tune.ts';

const FOLDER = fileURLToPath(new URL('../../node_modules/.cache/sotto-peers', import.meta.url));

interface PeersArguments extends ReadingArguments {
  protocol: Protocol;
  until: number;
  folds: number;
  tuneFolds: number;
  peers?: Peer['peer'][];
  seed: number;
}

/** The question papers do not depend on it: training is each program's own affair. */
const NOTHING_OWN: Pick<EvaluationOptions, 'trendExponent' | 'model'> = {
  trendExponent: 0,
  model: {
    dim: 1,
    epochs: 1,
    objective: { convention: 'ials', alpha0: 1, lambda: 1, nu: 1 },
    repeat: 'once',
    seed: 0,
    halfLifeDays: null,
    trendingDays: 1,
  },
};

const program = new Command('peers');
addReadingOptions(program)
  .option('--protocol <name>', 'as of evaluate', oneOf('--protocol', PROTOCOLS), 'replay')
  .option('--until <share>', 'as of evaluate', numberIn('--until', 0.01, 0.99), 0.8)
  .option('--folds <n>', 'as of evaluate', integerIn('--folds', 2, 1000), 5)
  .option('--tune-folds <n>', 'folds to tune on', integerIn('--tune-folds', 1, 1000), 2)
  .option('--seed <n>', 'as of evaluate', integerIn('--seed', 0, 2 ** 32 - 1), 1)
  .addOption(new Option('--peers <names...>', 'only these').choices(PEERS.map(({ peer }) => peer)))
  .allowUnknownOption()
  .allowExcessArguments()
  .action(async (given: PeersArguments) => comparePeers(given));

// The files may stand first, as they do in the sentence above.
const argv = process.argv.slice(2);
const given = argv[0]?.startsWith('-') === false ? ['--interactions', ...argv] : argv;
process.exitCode = await run(program, ['node', 'peers', ...given]);

async function comparePeers(asked: PeersArguments): Promise<void> {
  const { interactions } = await readInteractions(asked.interactions, readOptions(asked));
  const paper = async (period: 'validation' | 'test') => {
    const { protocol, until, seed } = asked;
    const ofSplit = protocol === 'strong' && period === 'validation' ? seed + 1 : seed;
    const options: EvaluationOptions = {
      ...NOTHING_OWN,
      ...{ protocol, period, until, folds: asked.folds, seed: ofSplit },
    };
    const folds = Array.from({ length: asked.folds }, (_, fold) =>
      splitOf(interactions, options, fold),
    );
    const file = join(FOLDER, `${protocol}-${period}.jsonl`);
    await writeGroups(file, interactions, folds, options, listLengthOf(metricsOf(options)));
    return { folds, file };
  };
  await mkdir(FOLDER, { recursive: true });
  const answers = join(FOLDER, 'answers');
  const validation = await paper('validation');
  const tuneFolds = Array.from({ length: Math.min(asked.tuneFolds, asked.folds) }, (_, f) => f);
  const ask = await askPeers(validation.file, answers);
  const asPeers = PEERS.filter(({ peer }) => asked.peers?.includes(peer) ?? true);
  const tuned = await tune(asPeers, validation.folds, tuneFolds, ask, say);
  await writeFile(join(FOLDER, 'tuned.json'), `${JSON.stringify(tuned, null, 2)}\n`);

  const test = await paper('test');
  const all = test.folds.map((_, fold) => fold);
  // A model of taste that is told nothing has nothing to say.
  const told = [null, ...TOLD_STEPS.filter((events) => events > 0)];
  const askTest = await askPeers(test.file, answers);
  const files = await askTest(
    tuned.map(({ peer, constants }) => ({ peer: peer.peer, ...constants, folds: all, told })),
  );
  const engines = tuned.map(({ peer }, index) => `${peer.title}=${files[index]}`);
  for (const one of tuned) say(`${one.peer.title}: ${shownOf(one)}`);
  const parts = ['evaluate', ...forEvaluate(given), '--engine', ...engines];
  process.exitCode = await run(createProgram(), ['node', 'sotto', ...parts]);
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
