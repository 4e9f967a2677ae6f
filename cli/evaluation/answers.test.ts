import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { popularityEngine } from '../../src/model/evaluation/peers.ts';
import { tableOf } from '../../src/model/evaluation/table.case.ts';
import { itemsOf } from '../../src/model/evaluation/types.ts';
import { runHere, scratchFolder } from '../runHere.case.ts';
import { readAnswers } from './answers.ts';
import { splitOf } from './evaluateFold.ts';
import { writeGroups } from './groups.ts';
import type { EvaluationOptions } from './options.ts';
import type { EvaluationReport } from './report.ts';

const scratch = scratchFolder();
afterAll(() => scratch.remove());

/** Thirty visitors walk through twelve items, three every ten days. */
const rows = Array.from({ length: 30 }, (_, user) =>
  Array.from(
    { length: 12 },
    (_, step) => `u${user} i${(user + step) % 12} ${Math.floor(step / 3) * 10}`,
  ),
).flat();
const log = tableOf(rows.join('\n'));
const options: EvaluationOptions = {
  ...{ protocol: 'replay', period: 'test', folds: 2, until: 0.6, seed: 1, trendExponent: 0 },
  model: {
    ...{ dim: 2, epochs: 1, repeat: 'once', seed: 1, halfLifeDays: null, trendingDays: 60 },
    objective: { convention: 'ials', alpha0: 0.1, lambda: 0.01, nu: 1 },
  },
};
const folds = [0, 1].map((fold) => splitOf(log, options, fold));

interface Line {
  fold: unknown;
  group: unknown;
  items: unknown;
  told?: unknown;
}

/** What popularity would answer, told everything. */
function goodLines(): Line[] {
  return folds.flatMap(({ training, cases }, fold) => {
    const engine = popularityEngine(training);
    return cases.map(({ history, nowMs }, group) => {
      const list = Array.from(engine.recommend(history, nowMs, 20) as number[]);
      return { fold, group, items: list.map((item) => training.itemIds[item]) };
    });
  });
}

const write = (name: string, lines: readonly object[]): string =>
  scratch.write(name, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));

describe('writeGroups', () => {
  it('tells all that an engine may know, and nothing of what it is asked', async () => {
    const file = scratch.path('groups.jsonl');
    const head = await writeGroups(file, log, folds, options, 20);
    const [first, ...lines] = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(first).toEqual(head);
    expect(head).toMatchObject({ format: 'sotto-groups', version: 1, folds: 2, count: 20 });
    const users = lines.filter(({ type }) => type === 'user') as unknown as {
      fold: number;
      events: [string, number, number][];
    }[];
    const groups = lines.filter(({ type }) => type === 'group') as unknown as {
      fold: number;
      group: number;
      timeMs: number;
      history: [string, number, number][];
    }[];
    expect(groups.length).toBe(head.groups);
    expect(users.length).toBe(head.users);
    for (const { events } of users) {
      for (const [, timeMs] of events) expect(timeMs).toBeLessThan(head.cutMs!);
    }
    // Training is what the folds' own training tables hold, event for event.
    for (const [fold, { training }] of folds.entries()) {
      const others = users.filter((user) => user.fold !== fold);
      const events = others.flatMap((user) => user.events.map(([item]) => item));
      expect(events.length).toBe(training.users.length);
      expect(new Set(events)).toEqual(new Set(training.itemIds));
    }
    for (const { fold, group, timeMs, history } of groups) {
      const asked = folds[fold].cases[group];
      const ids = folds[fold].training.itemIds;
      expect(timeMs).toBe(asked.nowMs);
      expect(history).toEqual(
        asked.history.map(({ item, timestamp, weight }) => [ids[item], timestamp, weight]),
      );
      const told = new Set(history.map(([item]) => item));
      for (const target of asked.targets) expect(told.has(ids[target])).toBe(false);
    }
  });

  it('says which file it cannot write', async () => {
    const file = scratch.path('missing/groups.jsonl');
    await expect(writeGroups(file, log, folds, options, 20)).rejects.toThrow(
      /missing\/groups\.jsonl cannot be written: ENOENT/,
    );
  });
});

describe('readAnswers', () => {
  const read = (lines: readonly object[], count = 20) =>
    readAnswers({ engine: 'peer', file: write('answers.jsonl', lines) }, folds, count);

  it('reads lists in any order of the groups', async () => {
    const answers = await read(goodLines().reverse());
    for (const [fold, { training, cases }] of folds.entries()) {
      const engine = popularityEngine(training);
      for (const [group, { history, nowMs }] of cases.entries()) {
        const expected = Array.from(engine.recommend(history, nowMs, 20) as number[]);
        expect([...answers[fold].lists[group]]).toEqual(expected);
      }
      expect(answers[fold].told.size).toBe(0);
    }
  });

  it('reads the steps of the reaction curve that were answered', async () => {
    const lines = goodLines();
    const answers = await read([...lines, ...lines.map((line) => ({ ...line, told: 3 }))]);
    expect([...answers[0].told.keys()]).toEqual([3]);
    expect(answers[0].told.get(3)!.length).toBe(folds[0].cases.length);
  });

  const changed = (change: (first: Line) => object) => {
    const [first, ...others] = goodLines();
    return [change(first), ...others];
  };
  const listed = (first: Line) => first.items as string[];
  const met = () => {
    const { training, cases } = folds[0];
    return training.itemIds[[...itemsOf(cases[0].history)][0]];
  };

  it.each<[string, () => object[], RegExp]>([
    [
      'a missing group',
      () => goodLines().slice(1),
      /must answer all \d+ groups but lacks 1, the first fold 0 group 0$/,
    ],
    [
      'an empty file',
      () => [],
      /must answer all \d+ groups but lacks \d+, the first fold 0 group 0$/,
    ],
    [
      'a step of the reaction curve that is not whole',
      () => [...goodLines(), { ...goodLines()[0], told: 2 }],
      /must answer all \d+ groups told 2 but lacks \d+, the first fold 0 group 1$/,
    ],
    [
      'an unknown item',
      () => changed((first) => ({ ...first, items: ['nonsense'] })),
      /fold 0 group 0 lists "nonsense", which is none of the 12 trained items$/,
    ],
    [
      'an item that is no text',
      () => changed((first) => ({ ...first, items: [7] })),
      /fold 0 group 0 lists 7, which is none of/,
    ],
    [
      'an item that the visitor has met',
      () => changed((first) => ({ ...first, items: [met()] })),
      /fold 0 group 0 lists "i\d+", which the visitor has met$/,
    ],
    [
      'an item twice',
      () => changed((first) => ({ ...first, items: [listed(first)[0], listed(first)[0]] })),
      /fold 0 group 0 lists "i\d+" twice$/,
    ],
    ['a group twice', () => [goodLines()[0], ...goodLines()], /fold 0 group 0 is answered twice$/],
    [
      'no items',
      () => changed(({ fold, group }) => ({ fold, group })),
      /fold 0 group 0 must have an array of items but has undefined$/,
    ],
    [
      'a fold that is not there',
      () => changed((first) => ({ ...first, fold: 2 })),
      /fold must be a whole number in \[0, 1\] but is 2 \(group 0\)$/,
    ],
    [
      'a group that is not there',
      () => changed((first) => ({ ...first, group: -1 })),
      /group must be a whole number in \[0, \d+\] but is -1 \(of fold 0\)$/,
    ],
    [
      'a step that is none',
      () => changed((first) => ({ ...first, told: 4 })),
      /told must be one of 0, 1, 2, 3, 5, 10, 20, 50 or absent but is 4$/,
    ],
  ])('refuses %s', async (_name, lines, problem) => {
    await expect(read(lines())).rejects.toThrow(problem);
    await expect(read(lines())).rejects.toMatchObject({ code: 'input-unreadable' });
  });

  it('refuses a list that is too long', async () => {
    await expect(read(goodLines(), 2)).rejects.toThrow(
      /fold 0 group 0 must list at most 2 items but lists \d+$/,
    );
  });

  it('says which line is not JSON', async () => {
    const file = scratch.write('broken.jsonl', '{"fold":0\n');
    await expect(readAnswers({ engine: 'peer', file }, folds, 20)).rejects.toThrow(
      /broken\.jsonl line 1 is not JSON/,
    );
  });
});

describe('sotto evaluate beside another program', () => {
  const events = scratch.path('events.csv');
  beforeAll(() => {
    const csv = rows.map((row) => {
      const [user, item, day] = row.split(' ');
      const date = new Date(Date.UTC(2020, 0, 1 + Number(day), 12)).toISOString();
      return `${user},${item},${date}`;
    });
    writeFileSync(events, ['user_id,item_id,timestamp', ...csv].join('\n'));
  });

  const small = ['--interactions', events, '--folds', '2', '--until', '0.6', '--dim', '2'];
  const evaluate = (...args: string[]) =>
    runHere('evaluate', ...small, '--epochs', '1', '--threads', '1', ...args);

  it('measures popularity’s own lists as popularity', async () => {
    const peer = write('popularity.jsonl', goodLines());
    const { status, stdout, stderr } = await evaluate('--json', '--engine', `peer=${peer}`);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const { engines, differences, reaction } = JSON.parse(stdout) as EvaluationReport;
    const [popularity] = engines;
    const other = engines.find(({ engine }) => engine === 'peer')!;
    expect(other.isExternal).toBe(true);
    expect({ ...other, engine: 'popularity', isExternal: false }).toEqual(popularity);
    expect(differences.map(({ than }) => than)).toContain('peer');
    expect(reaction.find(({ engine }) => engine === 'peer')!.steps).toEqual([]);
  });

  it('trains nothing when only another program is asked for', async () => {
    const peer = scratch.path('popularity.jsonl');
    const args = ['--own', 'popularity', '--engine', `peer=${peer}`, '--json'];
    const { stdout } = await evaluate(...args);
    const { engines, differences } = JSON.parse(stdout) as EvaluationReport;
    expect(engines.map(({ engine }) => engine)).toEqual(['popularity', 'peer']);
    expect(differences).toEqual([]);
  });

  it('finds the same on three threads as on one', async () => {
    const one = await evaluate('--json', '--trade-off');
    const three = await evaluate('--json', '--trade-off', '--threads', '3');
    const timeless = (text: string) => ({ ...(JSON.parse(text) as EvaluationReport), seconds: 0 });
    expect(timeless(three.stdout)).toEqual(timeless(one.stdout));
    const { tradeOff } = timeless(one.stdout);
    expect(tradeOff.filter(({ value }) => value === 0).map(({ ratio }) => ratio.mean)).toEqual([
      1, 1,
    ]);
  });

  it('writes the question paper, and the page', async () => {
    const [groups, page] = [scratch.path('paper.jsonl'), scratch.path('report.html')];
    const asked = await evaluate('--groups', groups);
    expect(asked.stdout).toMatch(/^groups +\d+$/m);
    expect(readFileSync(groups, 'utf8')).toContain('"sotto-groups"');
    const measured = await evaluate('--own', 'popularity', '--report', page);
    expect(measured.status).toBe(0);
    expect(readFileSync(page, 'utf8')).toMatch(/^<!doctype html>/);
  });

  it.each([
    [['--engine', 'nameless'], '--engine must be NAME=FILE but got "nameless"'],
    [
      ['--engine', 'default=x'],
      '--engine must have a name that no other engine has but got "default"',
    ],
    [['--engine', 'a=x', 'a=y'], '--engine must have a name that no other engine has but got "a"'],
    [['--engine', 'a=/nowhere.jsonl'], '/nowhere.jsonl'],
    [
      ['--own', 'best'],
      '--own must be one of popularity, trending, fresh, fold-in, decayed, refreshed, default',
    ],
    [
      ['--own', 'popularity', '--report', '/nowhere/x.html'],
      '--report /nowhere/x.html cannot be written',
    ],
  ])('refuses %j in one sentence', async (args, sentence) => {
    const { status, stdout, stderr } = await evaluate(...args);
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split('\n').length).toBe(1);
    expect(status).toBe(2);
    expect(stdout).toBe('');
  });
});
