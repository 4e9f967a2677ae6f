import { describe, expect, test } from 'vitest';
import {
  addUp,
  countPlaywright,
  countVitest,
  lastLine,
  NOTHING,
  oneStep,
  settle,
} from './testReports.ts';

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((each) => ({ status: each })),
});

describe('vitest', () => {
  test('tests are counted by what became of them', () => {
    const testResults = [
      file('passed', 'passed', 'passed', 'skipped', 'todo', 'pending'),
      file('failed', 'failed', 'passed', 'failed'),
    ];
    expect(countVitest({ testResults })).toEqual({ passed: 3, failed: 2, skipped: 3 });
  });

  test('a file that does not load is a failure', () => {
    expect(countVitest({ testResults: [file('failed'), file('failed', 'passed')] })).toEqual({
      passed: 1,
      failed: 2,
      skipped: 0,
    });
  });
});

test('playwright: errors outside tests are failures, flaky tests passed', () => {
  const stats = { expected: 5, unexpected: 1, flaky: 2, skipped: 3 };
  expect(countPlaywright({ stats, errors: [{}] })).toEqual({ passed: 7, failed: 2, skipped: 3 });
});

describe('settle', () => {
  const good = { passed: 2, failed: 0, skipped: 1 };

  test('keeps what is consistent', () => {
    expect(settle(good, 0)).toEqual(good);
    expect(settle({ ...good, failed: 1 }, 1)).toEqual({ ...good, failed: 1 });
  });

  test.each([
    ['there is no report', null, 0],
    ['nothing ran', { ...NOTHING, skipped: 4 }, 0],
    ['it ended badly for no named reason', good, 1],
    ['it was killed', good, null],
  ])('adds a failure when %s', (_, counts, exitStatus) => {
    expect(settle(counts, exitStatus).failed).toBe(1);
  });

  test('lets all be skipped where that may be', () => {
    const skipped = { ...NOTHING, skipped: 2 };
    expect(settle(skipped, 0, true)).toEqual(skipped);
    expect(settle(NOTHING, 0, true).failed).toBe(1);
    expect(settle(skipped, 1, true).failed).toBe(1);
  });
});

test('the last line names skipped tests only when there are some', () => {
  const sum = addUp([oneStep(true), oneStep(false), { passed: 40, failed: 0, skipped: 0 }]);
  expect(lastLine(sum)).toBe('41 passed, 1 failed');
  expect(lastLine({ ...sum, skipped: 2 })).toBe('41 passed, 1 failed, 2 skipped');
});
