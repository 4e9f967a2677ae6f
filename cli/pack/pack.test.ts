/**
 * On what the libraries themselves have written: fixtures/ is of scripts/parity/make_golden.py.
 */
import { cpSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { strToU8, unzipSync, zipSync } from 'fflate';
import type { SchemaElement } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { dump, parse } from 'npyjs';
import { afterAll, describe, expect, it } from 'vitest';
import { readGolden } from '../../scripts/parity/golden.ts';
import { readRow } from '../../src/model/readRow.ts';
import type { Model } from '../../src/model/model.ts';
import { runHere, scratchFolder } from '../runHere.case.ts';
import { foldInPacked, packSaved, relativeGap } from './packSaved.case.ts';

const GOLDEN = new URL('../../scripts/parity/golden/', import.meta.url);
const FIXTURES = fileURLToPath(new URL('fixtures', import.meta.url));
const IMPLICIT = join(FIXTURES, 'implicit.npz');
const SPARK = join(FIXTURES, 'spark');

const scratch = scratchFolder();
afterAll(() => scratch.remove());

/** Of a part without rows; said, since no value is there to guess it from. */
const EMPTY_PART: SchemaElement[] = [
  { name: 'root', num_children: 2 },
  { name: 'id', type: 'INT32', repetition_type: 'REQUIRED' },
  { name: 'features', type: 'FLOAT', repetition_type: 'REQUIRED' },
];

let outs = 0;
const packed = (...args: string[]): Promise<Model> =>
  packSaved(scratch.path(`o${outs++}`), ...args);

async function expectRefusal(sentence: RegExp, ...args: string[]): Promise<void> {
  const refused = await runHere('pack', '--out', scratch.path('never'), ...args);
  expect(refused.stderr).toMatch(sentence);
  expect(refused.stderr.trim().split('\n')).toHaveLength(1);
  expect(refused.stdout).toBe('');
  expect(refused.status).toBe(2);
}

/** Rows of the model's factors are these, up to the steps of int8. */
function expectFactors(model: Model, expected: ReadonlyMap<string, readonly number[]>): void {
  expect(new Set(model.ids)).toEqual(new Set(expected.keys()));
  const { dim, scale } = model.factors;
  for (const [row, id] of model.ids.entries()) {
    const found = readRow(model.factors, row, new Float64Array(dim));
    for (const [f, value] of (expected.get(id) ?? []).entries()) {
      expect(Math.abs(found[f] - value)).toBeLessThanOrEqual(0.51 * scale);
    }
  }
}

function arrayOf(name: string): number[][] {
  const { data, shape } = parse(new Uint8Array(unzipSync(readFileSync(IMPLICIT))[name]).buffer);
  const values = Array.from(data as Float64Array);
  return Array.from({ length: shape[0] }, (_, row) =>
    values.slice(row * shape[1], (row + 1) * shape[1]),
  );
}

function meanOf(rows: readonly (readonly number[])[]): number[] {
  return rows[0].map((_, f) => rows.reduce((sum, row) => sum + row[f] / rows.length, 0));
}

/** implicit.npz with other arrays. */
function changedNpz(
  name: string,
  change: (arrays: Record<string, Uint8Array>) => Record<string, Uint8Array>,
): string {
  return scratch.write(name, zipSync(change(unzipSync(readFileSync(IMPLICIT)))));
}

describe('sotto pack --from implicit', () => {
  const items = arrayOf('item_factors.npy');

  it('takes factors, constants and the mean user from the file', async () => {
    const model = await packed('--from', 'implicit', IMPLICIT);
    expect(model.manifest.objective).toEqual({ convention: 'implicit', alpha: 2, lambda: 0.05 });
    expectFactors(model, new Map(items.map((row, item) => [String(item), row])));
    const mean = meanOf(arrayOf('user_factors.npy'));
    expect(relativeGap(model.prior, mean)).toBeLessThan(1e-6);
  });

  it('answers as implicit does, up to int8', async () => {
    const golden = await readGolden(new URL('implicit.json', GOLDEN));
    const model = await packed('--from', 'implicit', IMPLICIT, '--no-user-factors');
    const cases = golden.models[0].cases.filter(
      ({ objective, embedding }) =>
        isDeepStrictEqual(objective, model.manifest.objective) && embedding.some((x) => x !== 0),
    );
    expect(cases.map(({ name }) => name)).toEqual(['for and against', 'an explicit zero']);
    for (const one of cases) {
      expect(relativeGap(foldInPacked(model, one, String), one.embedding)).toBeLessThan(0.02);
    }
  });

  it('takes names from --ids, constants from the command line, and no prior on request', async () => {
    const names = items.map((_, item) => `sku ${item}`);
    const ids = scratch.write('names.json', JSON.stringify(names));
    const args = ['--from', 'implicit', IMPLICIT, '--ids', ids, '--no-user-factors'];
    const model = await packed(...args, '--alpha', '40', '--lambda', '3');
    expect(model.manifest.objective).toEqual({ convention: 'implicit', alpha: 40, lambda: 3 });
    expectFactors(model, new Map(items.map((row, item) => [names[item], row])));
    expect([...model.prior]).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('takes whole numbers as constants, and asks for those that an old file lacks', async () => {
    const whole = changedNpz('whole.npz', (arrays) => ({
      ...arrays,
      'alpha.npy': new Uint8Array(dump(BigInt64Array.of(7n), [])),
    }));
    expect((await packed('--from', 'implicit', whole)).manifest.objective).toMatchObject({
      alpha: 7,
    });
    const old = changedNpz('old.npz', ({ 'alpha.npy': _, ...rest }) => rest);
    await expectRefusal(/old\.npz must hold alpha, or --alpha be given/, '--from', 'implicit', old);
    expect(
      (await packed('--from', 'implicit', old, '--alpha', '1')).manifest.objective,
    ).toMatchObject({ alpha: 1 });
  });

  it('refuses other models, other files, and the wrong number of names', async () => {
    const from = ['--from', 'implicit'];
    const bpr = changedNpz('bpr.npz', (arrays) => ({
      ...arrays,
      'learning_rate.npy': new Uint8Array(dump(Float64Array.of(0.01), [])),
    }));
    const row = changedNpz('row.npz', (arrays) => ({
      ...arrays,
      'alpha.npy': new Uint8Array(dump(Float64Array.of(1, 2), [2])),
    }));
    const three = scratch.write('three.json', '["a","b","c"]');
    const text = scratch.write('text.npz', strToU8('PK\x03\x04 and no more'));
    await expectRefusal(/must be a model of AlternatingLeastSquares/, ...from, bpr);
    await expectRefusal(/alpha must be one number but is f8 of shape \(2\)/, ...from, row);
    await expectRefusal(/must name 24 items.* but names 3/, ...from, IMPLICIT, '--ids', three);
    await expectRefusal(/text\.npz is not a readable \.npz file/, ...from, text);
    await expectRefusal(/there is no such file/, ...from, scratch.path('nowhere.npz'));
  });
});

describe('sotto pack --from spark', async () => {
  const golden = await readGolden(new URL('spark.json', GOLDEN));
  // make_golden.py saves the first.
  const [{ itemFactors, cases }] = golden.models;
  const idOf = (row: number): string => String(100 + 7 * row);
  const expected = new Map(itemFactors.map((row, place) => [idOf(place), row]));
  const constants = ['--alpha', '1', '--lambda', '0.1'];

  it('reads every part of the model, and answers as Spark does, up to int8', async () => {
    const model = await packed('--from', 'spark', SPARK, ...constants, '--no-user-factors');
    expect(model.manifest.objective).toEqual({ convention: 'spark', alpha: 1, lambda: 0.1 });
    expectFactors(model, expected);
    for (const one of cases) {
      expect(relativeGap(foldInPacked(model, one, idOf), one.embedding)).toBeLessThan(0.01);
    }
  });

  it('takes itemFactors by itself, its neighbour userFactors where it has one', async () => {
    const whole = await packed('--from', 'spark', SPARK);
    const inside = await packed('--from', 'spark', join(SPARK, 'itemFactors'));
    expect(inside.manifest.modelId).toBe(whole.manifest.modelId);
    expect(inside.prior.some((value) => value !== 0)).toBe(true);
    cpSync(join(SPARK, 'itemFactors'), scratch.path('alone/itemFactors'), { recursive: true });
    const alone = await packed('--from', 'spark', scratch.path('alone/itemFactors'));
    expectFactors(alone, expected);
    expect(alone.prior.every((value) => value === 0)).toBe(true);
  });

  it('calls items by their place in --ids', async () => {
    const labels = Array.from({ length: 300 }, (_, place) => `label ${place}`);
    const ids = scratch.write('labels.json', JSON.stringify(labels));
    const model = await packed('--from', 'spark', SPARK, '--ids', ids);
    expectFactors(model, new Map(itemFactors.map((row, at) => [`label ${100 + 7 * at}`, row])));
    const few = scratch.write('few.json', JSON.stringify(labels.slice(0, 200)));
    await expectRefusal(
      /--ids must name item 2\d\d, at place 2\d\d from 0, but names 200/,
      ...['--from', 'spark', SPARK, '--ids', few],
    );
  });

  it('passes over empty parts, and refuses folders without any', async () => {
    const folder = scratch.path('parts/itemFactors');
    cpSync(join(SPARK, 'itemFactors'), folder, { recursive: true });
    const part = (name: string, id: number[], features: number[][]): string => {
      const columnData = [
        { name: 'id', data: id },
        { name: 'features', data: features },
      ];
      const bytes = new Uint8Array(
        parquetWriteBuffer(id.length > 0 ? { columnData } : { columnData, schema: EMPTY_PART }),
      );
      return scratch.write(`parts/itemFactors/${name}`, bytes);
    };
    part('part-00002.parquet', [], []);
    expectFactors(await packed('--from', 'spark', folder), expected);
    const short = part('part-00003.parquet', [1, 2], [[1], [2]]);
    await expectRefusal(
      new RegExp(`${basename(short)} must hold 6 factors a row.* but holds 1`),
      ...['--from', 'spark', folder],
    );
    await expectRefusal(
      /metadata must hold at least 1 row/,
      '--from',
      'spark',
      join(SPARK, 'metadata'),
    );
    await expectRefusal(/nowhere cannot be read/, '--from', 'spark', scratch.path('nowhere'));
  });
});

describe('sotto pack, arguments that disagree', () => {
  it.each<[string[], RegExp]>([
    [[], /required option '--factors <file>' not specified/],
    [['--factors', 'f.npy'], /f\.npy cannot be read/],
    [['model.npz'], /--from must say which program saved model\.npz/],
    [['--from', 'implicit'], /--from implicit must be followed by what was saved/],
    [['--from', 'keras', 'x'], /--from must be one of implicit, spark but got "keras"/],
    [['--from', 'spark', 'x', '--factors', 'f.npy'], /--factors must not be given beside --from/],
    [['--from', 'spark', 'x', '--user-factors', 'u'], /--user-factors must not be given beside/],
    [['--from', 'spark', 'x', '--objective', 'ials'], /--objective must be spark .* got "ials"/],
  ])('refuses %j', (args, sentence) => expectRefusal(sentence, ...args));
});
