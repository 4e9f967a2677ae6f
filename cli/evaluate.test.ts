import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { registerEvaluate } from './evaluate.ts';
import type { EvaluationReport } from './evaluation/report.ts';
import { run } from './run.ts';

let folder: string;
let file: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sotto-evaluate-'));
  file = join(folder, 'events.csv');
  // Two tastes; everyone buys through theirs from a start of their own, five items every tenth day.
  const rows = Array.from({ length: 40 }, (_, user) =>
    Array.from({ length: 25 }, (_, step) => {
      const day = String(1 + Math.floor(step / 5) * 5).padStart(2, '0');
      return `u${user},${user % 2 ? 'a' : 'b'}${(user + step) % 30},2024-01-${day} 12:00:00`;
    }),
  );
  writeFileSync(file, ['user_id,item_id,timestamp', ...rows.flat()].join('\n'));
});

afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.restoreAllMocks());

/** What the command prints, and its exit status. */
async function sotto(...args: string[]) {
  let out = '';
  let said = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((out += String(text))));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((said += String(text))));
  const program = new Command('sotto');
  registerEvaluate(program);
  const status = await run(program, ['node', 'sotto', 'evaluate', '--folds', '2', ...args]);
  vi.restoreAllMocks();
  return { status, out, said };
}

describe('sotto evaluate', () => {
  const small = () => ['--interactions', file, '--dim', '8', '--epochs', '2', '--threads', '1'];

  it('prints a table', async () => {
    const { status, out, said } = await sotto(...small(), '--half-life', '30', '--until', '0.75');
    expect(said).toBe('');
    expect(status).toBe(0);
    expect(out).toContain('1,000 events, 40 users, 60 items');
    expect(out).toMatch(/^default +[01]\.\d{4} +[01]\.\d{4} … [01]\.\d{4} /m);
    expect(out).toMatch(/^events told +none +1 +2 +3 +5 +10 +20 +50$/m);
  });

  it('prints one JSON document with --json', async () => {
    const { status, out } = await sotto(...small(), '--json', '--protocol', 'strong');
    expect(status).toBe(0);
    const report = JSON.parse(out) as EvaluationReport;
    expect(report.protocol).toBe('strong');
    expect(report.engines.at(-1)?.engine).toBe('default');
    expect(report.data.kept).toBe(1000);
  });

  it('tests the validation period before the test', async () => {
    const period = async (name: string) => {
      const { out } = await sotto(...small(), '--json', '--until', '0.75', '--period', name);
      return (JSON.parse(out) as EvaluationReport).period;
    };
    const [validation, test] = [await period('validation'), await period('test')];
    expect(validation!.to).toBe(test!.from);
    expect(test!.to).toBeNull();
  });

  it.each([
    [['--protocol', 'weak'], '--protocol must be one of replay, visit, strong but got "weak"'],
    [['--folds', '1'], '--folds must be a whole number in [2, 1000] but got 1'],
    [['--until', '80'], '--until must be a number in [0.01, 0.99] but got 80'],
    [['--user-column', 'buyer'], 'has no column buyer'],
    [['--item-pattern', '^z'], 'no rows are left'],
  ])('refuses %j in one sentence', async (args, sentence) => {
    const { status, out, said } = await sotto(...small(), ...args);
    expect(status).toBe(2);
    expect(out).toBe('');
    expect(said).toContain(sentence);
    expect(said.trim().split('\n').length).toBe(1);
  });

  it('says that replay needs a time', async () => {
    const timeless = join(folder, 'timeless.csv');
    writeFileSync(timeless, 'user_id,item_id\nu,a\nv,b\n');
    const { status, said } = await sotto('--interactions', timeless);
    expect(status).toBe(2);
    expect(said).toContain('needs a time column');
  });
});
