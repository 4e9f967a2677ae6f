import { createHash } from 'node:crypto';
import { appendFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dump } from 'npyjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Manifest } from '../src/model/artifact/manifest.ts';
import { parseManifest } from '../src/model/artifact/parseManifest.ts';
import { twoTastes } from '../src/model/training/fixtures.case.ts';
import { runHere, scratchFolder, type Outcome } from './runHere.case.ts';

const scratch = scratchFolder();
afterAll(() => scratch.remove());

const shop = twoTastes(40, 30, 10);
let rows = '';

/** One sentence on standard error, nothing on standard output, status 2. */
function expectRefusal(outcome: Outcome, sentence: RegExp): void {
  expect(outcome.stderr).toMatch(sentence);
  expect(outcome.stderr.trim().split('\n')).toHaveLength(1);
  expect(outcome.stdout).toBe('');
  expect(outcome.status).toBe(2);
}

function manifestOf(folder: string): Manifest {
  return parseManifest(readFileSync(`${folder}/manifest.json`, 'utf8'));
}

beforeAll(() => {
  const lines = Array.from(
    shop.users,
    (user, row) =>
      `${shop.userIds[user]},i${shop.itemIds[shop.items[row]]},Item ${shop.items[row]}`,
  );
  rows = scratch.write('rows.csv', `user,item,name\n${lines.join('\n')}\n`);
});

const quick = ['--dim', '4', '--epochs', '2', '--threads', '1'];

describe('sotto train', () => {
  it('writes a model, says so as JSON only, and cleans up after a former model', async () => {
    const out = scratch.path('model');
    const args = [
      'train',
      '--interactions',
      rows,
      '--out',
      out,
      '--title-column',
      'name',
      ...quick,
    ];
    const first = await runHere(...args, '--json');
    expect(first.stderr).toBe('');
    expect(first.status).toBe(0);
    const document = JSON.parse(first.stdout) as Record<string, unknown>;
    expect(document).toMatchObject({ rows: 400, kept: 400, users: 40, dim: 4, repeat: 'once' });
    const manifest = manifestOf(out);
    expect(manifest).toMatchObject({
      modelId: document['modelId'],
      items: document['items'],
      halfLifeDays: 90,
      objective: { convention: 'ials', alpha0: 0.3, lambda: 0.003, nu: 1 },
      training: { users: 40, interactions: 400, epochs: 2, seed: 1 },
    });
    const sizes = readdirSync(out).map((name) => statSync(`${out}/${name}`).size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(document['bytes']);

    // Every item of two tastes repeats its name in each row: its title.
    const items = JSON.parse(
      readFileSync(`${out}/${manifest.files.find(({ role }) => role === 'items')?.name}`, 'utf8'),
    ) as { title: string[] };
    expect(items.title.every((title) => /^Item \d+$/.test(title))).toBe(true);

    const second = await runHere(...args, '--seed', '2');
    expect(second.status).toBe(0);
    expect(second.stdout).toMatch(/^rows read +400$/m);
    expect(second.stdout).toMatch(/^half-lives +90 days, of recent events 10 days$/m);
    const kept = new Set([...manifestOf(out).files.map(({ name }) => name), 'manifest.json']);
    expect(new Set(readdirSync(out))).toEqual(kept);
    expect(manifestOf(out).modelId).not.toBe(manifest.modelId);
  });

  it('keeps to the half-lives that it is told', async () => {
    const out = scratch.path('told');
    const told = ['--half-life', '30', '--recent-half-life-days', '5'];
    const args = ['train', '--interactions', rows, '--out', out, ...told, ...quick];
    const { status, stdout } = await runHere(...args);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^half-lives +30 days, of recent events 5 days$/m);
    expect(manifestOf(out)).toMatchObject({ halfLifeDays: 30, blend: { recentHalfLifeDays: 5 } });
  });

  it('takes metadata from a file, typed', async () => {
    const items = scratch.write(
      'items.csv',
      'id,title,price,categories\ni0,Zero,1.50,A|B\ni1,,,\nunknown,x,1,C\n',
    );
    const out = scratch.path('with-items');
    const outcome = await runHere(
      'train',
      '--interactions',
      rows,
      '--items',
      items,
      '--out',
      out,
      ...quick,
    );
    expect(outcome.status).toBe(0);
    const exported = scratch.path('items.jsonl');
    await runHere('inspect', out, '--items', exported);
    const lines = readFileSync(exported, 'utf8').trim().split('\n');
    const byId = new Map(
      lines.map((line) => {
        const item = JSON.parse(line) as Record<string, unknown>;
        return [item['id'], item];
      }),
    );
    expect(byId.get('i0')).toMatchObject({ title: 'Zero', price: 1.5, categories: ['A', 'B'] });
    expect(byId.get('i1')).toMatchObject({ title: null, price: null, categories: null });
    expect(byId.has('unknown')).toBe(false);
  });

  it.each<[string, string[], RegExp]>([
    ['no option', [], /required option '--interactions <files...>' not specified/],
    [
      'an unknown option',
      ['--interactions', 'f', '--out', 'd', '--fast'],
      /unknown option '--fast'/,
    ],
    ['a bound', ['--dim', '0'], /--dim must be a whole number in \[1, 512\] but got 0/],
    ['a word for a number', ['--alpha0', 'much'], /--alpha0 must be a number in .* but got "much"/],
    ['a choice', ['--repeat', 'twice'], /--repeat must be one of once, max, sum but got "twice"/],
    ['a pattern', ['--item-pattern', '('], /--item-pattern must be a regular expression/],
    ['weights', ['--action-weights', '{"click":"a"}'], /--action-weights must be JSON like/],
  ])('refuses %s', async (_, args, sentence) => {
    expectRefusal(await runHere('train', ...args), sentence);
  });

  it('groups its options in the help, and gives an example', async () => {
    const { stdout, status } = await runHere('train', '--help');
    expect(status).toBe(0);
    for (const heading of ['Events, and what of them counts', 'Training', 'What is published']) {
      expect(stdout).toMatch(new RegExp(`^${heading}:$`, 'm'));
    }
    expect(stdout).toContain('sotto train --interactions orders.csv');
  });

  it('refuses files in one sentence that names them', async () => {
    const train = (...args: string[]): Promise<Outcome> =>
      runHere('train', '--out', scratch.path('never'), ...quick, '--interactions', ...args);
    expectRefusal(await train('nowhere.csv'), /nowhere\.csv cannot be read: there is no such file/);
    expectRefusal(
      await train(scratch.write('fake.parquet', 'not at all')),
      /fake\.parquet is not a readable Parquet file/,
    );
    expectRefusal(await train(rows, '--user-column', 'buyer'), /rows\.csv has no column buyer/);
    expectRefusal(await train(rows, '--item-pattern', '^x$'), /no rows are left of the 400/);
    expectRefusal(await train(rows, '--items', 'lost.csv'), /lost\.csv cannot be read/);
    expectRefusal(await runHere('trian'), /unknown command 'trian'/);
  });

  it('shows its progress where the document does not go', async () => {
    const { isTTY } = process.stderr;
    process.stderr.isTTY = true;
    try {
      const args = ['--interactions', rows, '--out', scratch.path('shown'), ...quick, '--json'];
      const { stdout, stderr } = await runHere('train', ...args);
      expect(JSON.parse(stdout)).toMatchObject({ kept: 400 });
      expect(stderr).toMatch(/training \[.*epoch 1\/2/);
    } finally {
      process.stderr.isTTY = isTTY;
    }
  });

  it('knows of a date that is none before it trains', async () => {
    process.env['SOURCE_DATE_EPOCH'] = 'today';
    try {
      const args = ['--interactions', 'nowhere.csv', '--out', scratch.path('never')];
      expectRefusal(await runHere('train', ...args), /SOURCE_DATE_EPOCH must be whole seconds/);
    } finally {
      delete process.env['SOURCE_DATE_EPOCH'];
    }
  });
});

describe('sotto pack and inspect', () => {
  it('write factors out and pack them again into the same model', async () => {
    const [first, again] = [scratch.path('first'), scratch.path('again')];
    await runHere('train', '--interactions', rows, '--out', first, ...quick);
    const [factors, ids] = [scratch.path('f.npy'), scratch.path('ids.json')];
    const seen = await runHere('inspect', first, '--factors', factors, '--ids', ids, '--json');
    expect(seen.status).toBe(0);
    expect(JSON.parse(seen.stdout)).toMatchObject({ verified: true, dim: 4, items: 30 });

    const packed = await runHere('pack', '--factors', factors, '--ids', ids, '--out', again);
    expect(packed.stderr).toBe('');
    expect(packed.status).toBe(0);
    const [before, after] = [manifestOf(first), manifestOf(again)];
    const names = (manifest: Manifest): string[] =>
      manifest.files
        .filter(({ role }) => role === 'factors' || role === 'ids')
        .map(({ name }) => name);
    expect(names(after)).toEqual(names(before));
    expect(after.quantization.scale / before.quantization.scale).toBeCloseTo(1, 6);
    expect(after.halfLifeDays).toBeNull();
  });

  it('takes the mean user as prior', async () => {
    const factors = scratch.write('two.npy', npy([1, 0, 0, 2], [2, 2]));
    const users = scratch.write('users.npy', npy([1, 2, 3, 4], [2, 2]));
    const ids = scratch.write('two.csv', 'sku\na\nb\n');
    const out = scratch.path('packed');
    const args = ['pack', '--factors', factors, '--ids', ids, '--out', out];
    const outcome = await runHere(...args, '--user-factors', users, '--objective', 'spark');
    expect(outcome.status).toBe(0);
    const manifest = manifestOf(out);
    expect(manifest.objective).toEqual({ convention: 'spark', alpha: 1, lambda: 0.1 });
    const prior = manifest.files.find(({ role }) => role === 'prior');
    const bytes = readFileSync(`${out}/${prior?.name}`);
    expect([bytes.readDoubleLE(0), bytes.readDoubleLE(8)]).toEqual([2, 3]);
  });

  it('refuses factors that are not numbers, or not as many as ids', async () => {
    const pack = (factors: string, ids: string): Promise<Outcome> =>
      runHere('pack', '--out', scratch.path('never'), '--factors', factors, '--ids', ids);
    const good = scratch.write('good.npy', npy([1, 2, 3, 4], [2, 2]));
    const bad = scratch.write('bad.npy', npy([1, 2, NaN, 4], [2, 2]));
    const flat = scratch.write('flat.npy', npy([1, 2], [2]));
    const two = scratch.write('two.json', '["a","b"]');
    const three = scratch.write('three.json', '["a","b","c"]');
    const same = scratch.write('same.json', '["a","a"]');
    expectRefusal(await pack(bad, two), /row 1 holds NaN in column 0/);
    expectRefusal(await pack(flat, two), /flat\.npy must be a float32 or float64 matrix/);
    expectRefusal(await pack(two, two), /two\.json is not a readable \.npy file/);
    expectRefusal(await pack(good, three), /--ids must name 2 items.* but names 3/);
    expectRefusal(await pack(good, same), /ids must be distinct but a comes twice/);
  });

  it('names the file that was cut short, changed or lost', async () => {
    const out = scratch.path('damaged');
    await runHere('train', '--interactions', rows, '--out', out, ...quick);
    const [shard] = manifestOf(out).files;
    const path = `${out}/${shard.name}`;
    const good = readFileSync(path);

    writeFileSync(path, good.subarray(1));
    expectRefusal(await runHere('inspect', out), new RegExp(`${shard.name} must hold 120 bytes`));
    const changed = Buffer.from(good);
    changed[7] ^= 1;
    writeFileSync(path, changed);
    expectRefusal(await runHere('inspect', out), new RegExp(`${shard.name} must have the sha256`));
    writeFileSync(path, good);
    expect((await runHere('inspect', out)).status).toBe(0);

    appendFileSync(`${out}/manifest.json`, '}');
    expectRefusal(await runHere('inspect', out), /manifest\.json: manifest is not JSON/);
    expectRefusal(await runHere('inspect', scratch.path('none')), /there is no model/);
  });

  it('names the file whose hash is right and whose contents are not', async () => {
    const out = scratch.path('hollow');
    await runHere('train', '--interactions', rows, '--out', out, ...quick);
    const manifest = manifestOf(out);
    const ids = manifest.files.find(({ role }) => role === 'ids')!;
    const text = 'x'.repeat(ids.bytes);
    writeFileSync(`${out}/${ids.name}`, text);
    ids.sha256 = createHash('sha256').update(text).digest('hex');
    writeFileSync(`${out}/manifest.json`, JSON.stringify(manifest));
    expectRefusal(await runHere('inspect', out), new RegExp(`${ids.name} must be JSON`));
  });

  it.each(['--factors', '--ids', '--items'])('says that %s cannot be written', async (option) => {
    const out = scratch.path('unwritten');
    await runHere('train', '--interactions', rows, '--out', out, ...quick);
    const file = scratch.path('nowhere/file');
    const sentence = new RegExp(`${option} ${file} cannot be written: ENOENT`);
    expectRefusal(await runHere('inspect', out, option, file), sentence);
  });
});

function npy(values: number[], shape: number[]): Uint8Array {
  return new Uint8Array(dump(Float32Array.from(values), shape));
}
