/**
 * @module
 * Recommendations made by another program, read back: `{"fold", "group", "items"}` a line, and
 * `"told"` where the program was told only that many of the newest events. Strict, since a mistake
 * here would be measured as bad taste: every group is answered once, with known items that the
 * visitor has not met.
 */
import { TOLD_STEPS } from '../../src/model/evaluation/newestOnly.ts';
import { itemsOf, type Fold } from '../../src/model/evaluation/types.ts';
import { shown, SottoError } from '../../src/errors.ts';
import { objects } from '../readers/jsonLines.ts';
import { unreadable } from '../readers/openTable.ts';

export interface AnswerFile {
  /** Stands in the tables. */
  engine: string;
  file: string;
}

/** One program's lists over the cases of one fold. */
export interface FoldAnswers {
  engine: string;
  /** By case. */
  lists: Int32Array[];
  /** By step of TOLD_STEPS, then by case; steps that the program did not answer are absent. */
  told: Map<number, Int32Array[]>;
}

/** The whole history. */
const EVERYTHING = null;

/**
 * @param folds - the question papers, by fold.
 * @param count - the most items of a list.
 * @returns by fold.
 * @throws {SottoError} `input-unreadable` naming the file, the group and what is wrong with it.
 */
export async function readAnswers(
  { engine, file }: AnswerFile,
  folds: readonly Fold[],
  count: number,
): Promise<FoldAnswers[]> {
  const itemOf = folds.map(({ training }) => indexOf(training.itemIds));
  const answered = folds.map(() => new Map<number | null, Int32Array[]>());
  for await (const line of linesOf(file)) {
    const fold = indexIn(file, 'fold', line['fold'], folds.length, shown(line['group']));
    const { cases } = folds[fold];
    const group = indexIn(file, 'group', line['group'], cases.length, `of fold ${fold}`);
    const events = stepOf(file, line['told'], fold, group);
    const where = `fold ${fold} group ${group}${events === EVERYTHING ? '' : ` told ${events}`}`;
    const fail: Fail = (problem) => {
      throw new SottoError('input-unreadable', `${file}: ${where} ${problem}`);
    };
    let lists = answered[fold].get(events);
    if (!lists) answered[fold].set(events, (lists = new Array<Int32Array>(cases.length)));
    if (lists[group] !== undefined) fail('is answered twice');
    const met = itemsOf(cases[group].history);
    lists[group] = listOf(line['items'], itemOf[fold], met, count, fail);
  }
  for (const events of [EVERYTHING, ...TOLD_STEPS]) requireAll(file, answered, folds, events);
  return answered.map((ofFold) => ({
    engine,
    lists: ofFold.get(EVERYTHING) ?? [],
    told: new Map(
      TOLD_STEPS.flatMap((step) => (ofFold.has(step) ? [[step, ofFold.get(step)!]] : [])),
    ),
  }));
}

type Fail = (problem: string) => never;

function listOf(
  items: unknown,
  itemOf: ReadonlyMap<string, number>,
  met: ReadonlySet<number>,
  count: number,
  fail: Fail,
): Int32Array {
  if (!Array.isArray(items)) return fail(`must have an array of items but has ${shown(items)}`);
  if (items.length > count) fail(`must list at most ${count} items but lists ${items.length}`);
  const listed = new Set<number>();
  for (const id of items as unknown[]) {
    const item = typeof id === 'string' ? itemOf.get(id) : undefined;
    if (item === undefined) {
      return fail(`lists ${shown(id)}, which is none of the ${itemOf.size} trained items`);
    }
    if (met.has(item)) fail(`lists ${shown(id)}, which the visitor has met`);
    if (listed.has(item)) fail(`lists ${shown(id)} twice`);
    listed.add(item);
  }
  return Int32Array.from(listed);
}

/** @throws {SottoError} `input-unreadable`, also where the system cannot read the file. */
async function* linesOf(file: string): AsyncIterable<Record<string, unknown>> {
  try {
    yield* objects(file);
  } catch (thrown) {
    throw thrown instanceof SottoError ? thrown : unreadable(file, thrown);
  }
}

/** All groups, or, of one step of the reaction curve, none at all. */
function requireAll(
  file: string,
  answered: readonly Map<number | null, Int32Array[]>[],
  folds: readonly Fold[],
  events: number | null,
): void {
  if (events !== EVERYTHING && !answered.some((ofFold) => ofFold.has(events))) return;
  let missing = 0;
  let first = '';
  for (const [fold, { cases }] of folds.entries()) {
    const lists = answered[fold].get(events);
    for (const group of cases.keys()) {
      if (lists?.[group] !== undefined) continue;
      if (missing++ === 0) first = `fold ${fold} group ${group}`;
    }
  }
  if (missing === 0) return;
  const groups = folds.reduce((sum, { cases }) => sum + cases.length, 0);
  const told = events === EVERYTHING ? '' : ` told ${events}`;
  throw new SottoError(
    'input-unreadable',
    `${file} must answer all ${groups} groups${told} but lacks ${missing}, the first ${first}`,
  );
}

function indexIn(file: string, name: string, value: unknown, bound: number, where: string): number {
  if (Number.isInteger(value) && (value as number) >= 0 && (value as number) < bound) {
    return value as number;
  }
  throw new SottoError(
    'input-unreadable',
    `${file}: ${name} must be a whole number in [0, ${bound - 1}] but is ${shown(value)} ` +
      `(${name === 'fold' ? `group ${where}` : where})`,
  );
}

function stepOf(file: string, value: unknown, fold: number, group: number): number | null {
  if (value === undefined || value === null) return EVERYTHING;
  if (TOLD_STEPS.includes(value as number)) return value as number;
  throw new SottoError(
    'input-unreadable',
    `${file}: fold ${fold} group ${group}: told must be one of ${TOLD_STEPS.join(', ')} ` +
      `or absent but is ${shown(value)}`,
  );
}

function indexOf(ids: readonly string[]): Map<string, number> {
  return new Map(ids.map((id, index) => [id, index]));
}
