/**
 * What a shop's export can hold that nobody meant: each is a clear error, or a sound model.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { EvaluationReport } from './evaluation/report.ts';
import { runHere, scratchFolder, type Outcome } from './runHere.case.ts';

const scratch = scratchFolder();
afterAll(() => scratch.remove());

type Row = { user: unknown; item: unknown; time?: unknown; weight?: unknown; action?: string };

/** Twenty users, ten items of two tastes, three days. */
const sound: Row[] = Array.from({ length: 20 }, (_, user) =>
  Array.from({ length: 3 }, (_, day) => ({
    user: `u${user}`,
    item: `${user % 2 ? 'a' : 'b'}${(user + day) % 5}`,
    time: `2024-03-0${day + 1}T10:00:00Z`,
  })),
).flat();

const write = (rows: readonly Row[]): string =>
  scratch.write('rows.jsonl', rows.map((row) => `${JSON.stringify(row)}\n`).join(''));

const small = ['--dim', '4', '--epochs', '3', '--threads', '1', '--json'];

interface Trained {
  kept: number;
  dropped: Record<string, number>;
  users: number;
  items: number;
  pairs: number;
}

const train = (rows: readonly Row[], ...more: string[]): Promise<Outcome> =>
  runHere(
    'train',
    '--interactions',
    write(rows),
    '--out',
    scratch.path('model'),
    ...small,
    ...more,
  );

/** Trains, and reads the model back with every hash checked. */
async function trained(rows: readonly Row[], ...more: string[]): Promise<Trained> {
  const { status, stdout, stderr } = await train(rows, ...more);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const factors = scratch.path('factors.npy');
  const inspected = await runHere('inspect', scratch.path('model'), '--factors', factors, '--json');
  expect(inspected.stderr).toBe('');
  expect(inspected.status).toBe(0);
  const bytes = readFileSync(factors);
  const start = 10 + bytes.readUInt16LE(8);
  for (let at = start; at + 4 <= bytes.length; at += 4) {
    expect(Number.isFinite(bytes.readFloatLE(at))).toBe(true);
  }
  return JSON.parse(stdout) as Trained;
}

function idsOfModel(): string[] {
  const manifest = JSON.parse(
    readFileSync(join(scratch.path('model'), 'manifest.json'), 'utf8'),
  ) as {
    files: Record<string, unknown>;
  };
  const text = JSON.stringify(manifest.files);
  const name = /ids-[^"]+\.json|ids[^"]*\.json/.exec(text)?.[0] ?? '';
  return JSON.parse(readFileSync(join(scratch.path('model'), name), 'utf8')) as string[];
}

describe('times', () => {
  it('leaves out what has not happened yet, and says so', async () => {
    const ahead = [{ user: 'u0', item: 'a0', time: '2999-01-01T00:00:00Z' }];
    const found = await trained([...sound, ...ahead, { ...ahead[0], time: 32503680000000 }]);
    expect(found.dropped).toEqual({ 'time in the future': 2 });
    expect(found.kept).toBe(sound.length);
  });

  it('reads what is old: it counts little, and spoils nothing', async () => {
    const old = ['1999-12-31', '1970-01-01', '0001-01-01'].map((time, user) => ({
      ...{ user: `u${user}`, item: 'a0', time },
    }));
    const found = await trained([...sound, ...old]);
    expect(found.kept).toBe(sound.length + 3);
  });

  it('leaves out what is no time', async () => {
    const times = ['soon', '', null, 'NaN', '2024-02-30'];
    const found = await trained([
      ...sound,
      ...times.map((time) => ({ user: 'u0', item: 'a1', time })),
    ]);
    expect(found.dropped).toEqual({ 'time unreadable': times.length });
  });

  it('says so when no row is left', async () => {
    const { status, stderr } = await train([{ user: 'u', item: 'a', time: '2999-01-01' }]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/no rows are left of the 1 in .*rows\.jsonl \(1 time in the future\)/);
  });

  it('is not thrown off by a clock that is a century ahead when it evaluates', async () => {
    const rows = [...sound, { user: 'u0', item: 'a0', time: '2124-01-01T00:00:00Z' }];
    const evaluate = async (given: readonly Row[]) => {
      const args = ['--interactions', write(given), '--folds', '2', '--until', '0.5'];
      const { stdout, stderr } = await runHere('evaluate', ...args, ...small);
      expect(stderr).toBe('');
      return (JSON.parse(stdout) as EvaluationReport).engines;
    };
    expect(await evaluate(rows)).toEqual(await evaluate(sound));
  });
});

describe('weights', () => {
  const weighted = (...weights: unknown[]): Row[] => [
    ...sound.map((row) => ({ ...row, weight: 1 })),
    ...weights.map((weight, index) => ({
      ...{ user: `u${index}`, item: 'a1', time: '2024-03-03', weight },
    })),
  ];
  const named = ['--weight-column', 'weight'];

  it('takes what is small, large or against', async () => {
    const found = await trained(weighted(-1, -1e6, 1e-6, 1e9, '2.5'), ...named);
    expect(found.dropped).toEqual({});
  });

  it('leaves out what is no weight, and what would drown all others', async () => {
    const found = await trained(weighted(0, '0', null, 'much', 'Infinity', 1e39, -1e300), ...named);
    expect(found.dropped).toEqual({ 'weight unreadable or zero': 5, 'weight too large': 2 });
  });

  it('says so when nobody is in favour of anything', async () => {
    const against = sound.map((row) => ({ ...row, weight: -1 }));
    const { status, stderr } = await train(against, ...named);
    // Either a model that knows no taste, or one sentence: never a stack.
    expect([0, 2]).toContain(status);
    expect(stderr.trim().split('\n').length).toBe(1);
  });
});

describe('shapes', () => {
  it('trains on one user', async () => {
    const found = await trained(sound.map((row) => ({ ...row, user: 'only' })));
    expect(found).toMatchObject({ users: 1, items: 10 });
  });

  it('trains on one item', async () => {
    const found = await trained(sound.map((row) => ({ ...row, item: 'only' })));
    expect(found).toMatchObject({ users: 20, items: 1 });
  });

  it('trains on a single row', async () => {
    expect(await trained(sound.slice(0, 1))).toMatchObject({ users: 1, items: 1, pairs: 1 });
  });

  it('trains on one action alone', async () => {
    const found = await trained(sound.map((row) => ({ ...row, action: 'click' })));
    expect(found.kept).toBe(sound.length);
  });

  it('says so when that action says nothing of taste', async () => {
    const { status, stderr } = await train(sound.map((row) => ({ ...row, action: 'impression' })));
    expect(status).toBe(2);
    expect(stderr).toContain('(60 weight unreadable or zero)');
  });

  it('makes the same factors of a table that stands in the file twice', async () => {
    const factorsOf = async (rows: readonly Row[]) => {
      const { pairs } = await trained(rows);
      return { pairs, bytes: readFileSync(scratch.path('factors.npy')) };
    };
    const once = await factorsOf(sound);
    const twice = await factorsOf([...sound, ...sound]);
    expect(twice.pairs).toBe(once.pairs);
    expect(twice.bytes.equals(once.bytes)).toBe(true);
  });

  it('trains with a user of 100,000 events', async () => {
    const busy = Array.from({ length: 100_000 }, (_, index) => ({
      ...{ user: 'machine', item: `a${index % 5}`, time: 1_709_287_200_000 + index * 1000 },
    }));
    const found = await trained([...sound, ...busy]);
    expect(found.kept).toBe(100_000 + sound.length);
    expect(found.users).toBe(21);
  });

  it('says so when there is nobody to ask', async () => {
    const one = sound.map((row) => ({ ...row, user: 'only' }));
    const args = ['--interactions', write(one), '--folds', '2', ...small];
    const { status, stderr } = await runHere('evaluate', ...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(/leaves no rows to train on|must find at least 1 case/);
  });
});

describe('ids', () => {
  const strange = [
    'tea 🫖',
    'two\nlines',
    '"quoted", with, commas',
    '𝒜',
    'עברית',
    '__proto__',
    '1e3',
  ];

  it('keeps every character of them', async () => {
    const rows = sound.map((row, index) => ({
      ...row,
      user: `${String(row.user)}\n🎁`,
      item: strange[index % strange.length],
    }));
    expect(await trained(rows)).toMatchObject({ users: 20, items: strange.length });
    expect(new Set(idsOfModel())).toEqual(new Set(strange));
  });

  it('reads them from CSV too', async () => {
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    const lines = sound.map((row, index) => {
      const item = strange[index % strange.length];
      return [String(row.user), item, String(row.time)].map(quoted).join(',');
    });
    const file = scratch.write('strange.csv', ['user,item,time', ...lines].join('\n'));
    const out = scratch.path('model');
    const { status } = await runHere('train', '--interactions', file, '--out', out, ...small);
    expect(status).toBe(0);
    expect(new Set(idsOfModel())).toEqual(new Set(strange));
  });
});
