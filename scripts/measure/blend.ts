/**
 * @module
 * What the learned blend could be instead, on the validation period: other constants, other lists
 * to learn on, weights of the visitor's own that move with each visit. Two models a fold, trained
 * once; every choice is measured on the same groups, told nothing, one event, three, ten, or all.
 *
 *   npx tsx scripts/measure/blend.ts [--folds 0,1] [--half-life 60 …] [--recent 5 …] [--step 0.01 …] FILES
 */
import { parseArgs } from 'node:util';
import { createInlineTrainer } from '../../cli/inlineTrainer.ts';
import { encodeModel } from '../../src/model/artifact/encode.ts';
import { readBack } from '../../src/model/artifact/readBack.ts';
import { bootstrapDifference, bootstrapRatio } from '../../src/model/evaluation/bootstrap.ts';
import { periodOf, replayFold } from '../../src/model/evaluation/replay.ts';
import type { Case } from '../../src/model/evaluation/types.ts';
import { assignFolds } from '../../src/model/evaluation/userFolds.ts';
import type { Interactions } from '../../src/model/interactions.ts';
import type { Model } from '../../src/model/model.ts';
import { collectLists, type CollectedList } from '../../src/model/training/blend/collectLists.ts';
import { defaultBlend } from '../../src/model/training/blend/defaultBlend.ts';
import type { ChoiceList } from '../../src/model/training/blend/fitSoftmax.ts';
import { lessonCases, TAUGHT, weigh } from '../../src/model/training/blend/learnBlend.ts';
import { recallOfList } from '../../src/model/training/blend/recallOf.ts';
import { laterDays } from '../../src/model/training/blend/splits.ts';
import { seededRandom } from '../../src/model/training/seededRandom.ts';
import { assemble, type ModelOptions } from '../../src/model/training/trainModel.ts';
import { readShop } from './readShop.ts';

const SEED = 1;
/** How many of the newest events are told; Infinity: all. */
const TOLD = [0, 1, 3, 10, Infinity];
/** Of a visitor's own weights, towards the blend's: a share of the difference, each step. */
const PULL = 0.1;
const OPTIONS: ModelOptions = {
  dim: 64,
  epochs: 10,
  objective: { convention: 'ials', alpha0: 0.3, lambda: 0.003, nu: 1 },
  repeat: 'once',
  trainingHalfLifeDays: 180,
  seed: SEED,
  halfLifeDays: 90,
  trendingDays: 60,
};

const { values: given, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    folds: { type: 'string', default: '0,1' },
    'half-life': { type: 'string', multiple: true, default: [] },
    recent: { type: 'string', multiple: true, default: [] },
    step: { type: 'string', multiple: true, default: [] },
  },
});

const { interactions, catalogueOf } = await readShop(positionals);
const trainer = createInlineTrainer();
const period = periodOf(interactions, 0.8, 'validation');
const foldOf = assignFolds(interactions.userIds, 5, SEED);
const users: number[] = [];
/** By choice, by place in TOLD, by case of all folds. */
const found = new Map<string, number[][]>();

async function modelOf(table: Interactions, epochs: number): Promise<Model> {
  const options = { ...OPTIONS, epochs };
  const trained = await trainer.factors(table, options, 'whole');
  const catalogue = catalogueOf(table.itemIds);
  const parts = await assemble(table, trained, catalogue, options, defaultBlend(), trainer);
  return readBack(await encodeModel({ ...parts, createdAt: new Date(0).toISOString() }));
}

function withRecent(model: Model, recentHalfLifeDays: number): Model {
  const blend = { ...defaultBlend(), recentHalfLifeDays };
  return { ...model, manifest: { ...model.manifest, blend } };
}

interface Weights {
  /** For lists as they were collected. */
  weights: Float64Array;
  /** Of the columns. */
  spreads: Float64Array;
}

function learn(lists: readonly ChoiceList[], keep = (_column: number) => true): Weights {
  const size = 2 * TAUGHT.length;
  const copies = lists.map((list) => ({
    ...list,
    values: list.values.map((value, at) => (keep(at % size) ? value : 0)),
  }));
  const { signals } = weigh(copies);
  const columns = [
    ...signals.map(({ weight, spread }) => ({ weight, spread })),
    ...signals.map(({ whenNew, spread }) => ({ weight: whenNew, spread })),
  ];
  return {
    weights: Float64Array.from(columns, ({ weight, spread }) => weight / spread),
    spreads: Float64Array.from(columns, ({ spread }) => spread),
  };
}

type Asked = CollectedList[][];

function add(name: string, asked: Asked, cases: number, { weights }: Weights): void {
  const byStep = found.get(name) ?? TOLD.map(() => []);
  for (const [step, lists] of asked.entries()) {
    const values = new Array<number>(cases).fill(0);
    for (const list of lists) values[list.asked] = recallOfList(list, weights);
    byStep[step].push(...values);
  }
  found.set(name, byStep);
}

/** Each visitor's weights after each of their visits a step further towards what they chose. */
function addOnline(
  step: number,
  asked: Asked,
  cases: readonly Case[],
  { weights, spreads }: Weights,
): void {
  const name = `own weights, step ${step}`;
  const size = weights.length;
  const own = new Map<number, Float64Array>();
  const values = new Array<number>(cases.length).fill(0);
  for (const list of asked[TOLD.length - 1]) {
    const { user } = cases[list.asked];
    const mine = own.get(user) ?? weights.slice();
    own.set(user, mine);
    values[list.asked] = recallOfList(list, mine);
    const scores = new Float64Array(list.values.length / size);
    for (let at = 0; at < list.values.length; at++) {
      scores[Math.floor(at / size)] += mine[at % size] * list.values[at];
    }
    const highest = scores.reduce((most, score) => Math.max(most, score), -Infinity);
    const shares = scores.map((score) => Math.exp(score - highest));
    const total = shares.reduce((sum, share) => sum + share, 0);
    // Up the log-likelihood, with every signal on the scale of its spread.
    for (let f = 0; f < size; f++) {
      let gradient = 0;
      for (const row of list.chosen) gradient += list.values[row * size + f] / list.chosen.length;
      for (let row = 0; row < shares.length; row++) {
        gradient -= (shares[row] / total) * list.values[row * size + f];
      }
      mine[f] += step * (gradient / spreads[f] ** 2 - PULL * (mine[f] - weights[f]));
    }
  }
  const byStep = found.get(name) ?? TOLD.map(() => []);
  byStep[TOLD.length - 1].push(...values);
  found.set(name, byStep);
}

for (const fold of given.folds.split(',').map(Number)) {
  const split = replayFold(interactions, foldOf, fold, period);
  const lesson = laterDays(split.training);
  if (!lesson) throw new Error('the events have no times');
  const [earlier, whole] = [await modelOf(lesson.earlier, 5), await modelOf(split.training, 10)];
  process.stderr.write(`fold ${fold}: trained\n`);
  const { cases } = split;
  users.push(...cases.map(({ user }) => user));
  const collect = async (halfLifeDays: number, recent: number) => {
    const asked: Asked = [];
    for (const told of TOLD) {
      const some = cases.map((one) => ({ ...one, told: Math.min(told, one.history.length) }));
      const model = withRecent(whole, recent);
      asked.push(await collectLists(model, split.training.itemIds, some, TAUGHT, halfLifeDays));
    }
    const some = lessonCases(lesson.cases, SEED);
    const model = withRecent(earlier, recent);
    const { itemIds } = lesson.earlier;
    const lists = await collectLists(model, itemIds, some, TAUGHT, halfLifeDays);
    return { asked, lists, some };
  };
  const { asked, lists, some } = await collect(90, 10);
  const learned = learn(lists);
  add('as it is', asked, cases.length, learned);
  const own = TAUGHT.length;
  const ofItems = (column: number) =>
    column < own ||
    !['similarity', 'companions', 'recentCompanions', 'words', 'price'].includes(
      TAUGHT[column - own],
    );
  add('whenNew of what is known of items alone', asked, cases.length, learn(lists, ofItems));
  const half = lists.filter((list) => list.asked < some.length / 2);
  add('half of the lists', asked, cases.length, learn(half));
  const complete = lists.filter(
    (list) => some[list.asked].told === some[list.asked].history.length,
  );
  add('lists told everything alone', asked, cases.length, learn(complete));
  for (const step of given.step.map(Number)) addOnline(step, asked, cases, learned);
  for (const days of given['half-life'].map(Number)) {
    const other = await collect(days, 10);
    add(`half-life ${days} d`, other.asked, cases.length, learn(other.lists));
  }
  for (const days of given.recent.map(Number)) {
    const other = await collect(90, days);
    add(`recent half-life ${days} d`, other.asked, cases.length, learn(other.lists));
  }
}

const base = found.get('as it is') ?? [];
process.stdout.write(
  `${users.length} groups, folds ${given.folds}. Recall@20 told 0, 1, 3, 10, all; ` +
    'difference and ratio to the first row, told all (told one in brackets).\n',
);
for (const [name, byStep] of found) {
  const shown = byStep.map((values) =>
    values.length === 0
      ? '     –'
      : (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(4),
  );
  const last = TOLD.length - 1;
  const over = bootstrapRatio(users, byStep[last], base[last], seededRandom(SEED));
  const one =
    byStep[1].length > 0
      ? bootstrapDifference(users, byStep[1], base[1], seededRandom(SEED))
      : null;
  const signed = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`;
  process.stdout.write(
    `${name.padEnd(42)} ${shown.join('  ')}  × ${over.mean.toFixed(3)} ` +
      `[${over.low.toFixed(3)}, ${over.high.toFixed(3)}]` +
      (one ? `  (${signed(one.mean)} [${signed(one.low)}, ${signed(one.high)}])` : '') +
      '\n',
  );
}
