import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { runHere, scratchFolder } from '../runHere.case.ts';
import type { EvaluationReport } from './report.ts';
import { isDefault, settingsOf, tradeOffPoints } from './tradeOff.ts';

describe('tradeOffPoints', () => {
  it('tries caps only where items have categories', () => {
    const settings = (metadata: Record<string, unknown[]>) => [
      ...new Set(tradeOffPoints(metadata).map(({ setting }) => setting)),
    ];
    expect(settings({ title: ['a'] })).toEqual(['diversity', 'explore']);
    expect(settings({ categories: [['a']] })).toEqual(['diversity', 'explore', 'maxPerCategory']);
  });

  it('moves one setting at a time, and begins each with what pages get by default', () => {
    const points = tradeOffPoints({ categories: [] });
    const byDefault = { diversity: 0, explore: 0, maxPerCategory: 1000 };
    for (const point of points) {
      const moved = point.value === null ? {} : { [point.setting]: point.value };
      expect(settingsOf(point)).toEqual({ ...byDefault, ...moved });
    }
    const first = points.filter(isDefault);
    expect(first.map(settingsOf)).toEqual([byDefault, byDefault, byDefault]);
  });
});

describe('sotto evaluate --trade-off-plot', () => {
  const scratch = scratchFolder();
  afterAll(() => scratch.remove());

  // Everyone buys six items of one category day by day, then three of another on one day; half of
  // the users come a fortnight later than the others.
  const rows = Array.from({ length: 24 }, (_, user) => {
    const from = user < 12 ? 1 : 15;
    const first = Array.from({ length: 6 }, (_, day) => [`u${user}`, `a${day}`, from + day]);
    const later = [0, 1, 2].map((more) => [`u${user}`, `b${more}`, from + 6]);
    return [...first, ...later];
  }).flat();
  const items = [...new Set(rows.map(([, item]) => String(item)))];
  const asked = () => {
    const events = rows.map(
      ([user, item, day]) =>
        `${user},${item},${new Date(Date.UTC(2020, 0, Number(day))).toISOString()}`,
    );
    const files = [
      scratch.write('events.csv', ['user_id,item_id,timestamp', ...events].join('\n')),
      scratch.write(
        'items.csv',
        ['id,categories', ...items.map((item) => `${item},${item[0]}`)].join('\n'),
      ),
      scratch.path('trade-off.svg'),
    ];
    const small = ['--folds', '2', '--until', '0.6', '--dim', '2', '--epochs', '1'];
    const [from, known, drawn] = files;
    const given = ['--interactions', from, '--items', known, '--trade-off-plot', drawn];
    return { given: [...small, '--threads', '1', '--own', 'default', ...given], drawn };
  };

  it('measures caps, and draws a curve for each setting', async () => {
    const { given, drawn } = asked();
    const { stdout, stderr, status } = await runHere('evaluate', ...given, '--json');
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const { tradeOff } = JSON.parse(stdout) as EvaluationReport;
    const caps = tradeOff.filter(({ setting }) => setting === 'maxPerCategory');
    expect(caps[0]).toMatchObject({ value: null, ratio: { mean: 1 } });
    // Three of one category are to be found, and one may be listed.
    const one = caps.find(({ value }) => value === 1)!;
    expect(one.recall.mean).toBeGreaterThan(0);
    expect(one.ratio.mean).toBeLessThan(1);
    const svg = readFileSync(drawn, 'utf8');
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg.match(/class="line own"/g)).toHaveLength(3);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('says what it cannot write to', async () => {
    const { given } = asked();
    const { stderr, status } = await runHere('evaluate', ...given.with(-1, '/no/such/folder.svg'));
    expect(stderr).toContain('--trade-off-plot /no/such/folder.svg cannot be written');
    expect(status).toBe(2);
  });
});
