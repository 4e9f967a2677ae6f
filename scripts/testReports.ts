/**
 * @module
 * What the test runners report, as counts that add up. Pure: reports in, numbers out.
 */

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** The part of vitest's JSON report that counts. */
export interface VitestReport {
  testResults: readonly {
    status: string;
    assertionResults: readonly { status: string }[];
  }[];
}

/** The part of Playwright's JSON report that counts. */
export interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  /** Failures outside any test: of the configuration, of a file, of the server. */
  errors: readonly unknown[];
}

export const NOTHING: Counts = { passed: 0, failed: 0, skipped: 0 };

export function oneStep(passed: boolean): Counts {
  return passed ? { ...NOTHING, passed: 1 } : { ...NOTHING, failed: 1 };
}

export function countVitest(report: VitestReport): Counts {
  const counts = { ...NOTHING };
  for (const { status, assertionResults } of report.testResults) {
    let failedHere = 0;
    for (const test of assertionResults) {
      if (test.status === 'passed') counts.passed++;
      else if (test.status === 'failed') failedHere++;
      else counts.skipped++;
    }
    // A file that does not load, or whose hook throws, fails without a failed test of its own.
    counts.failed += status === 'failed' ? Math.max(failedHere, 1) : failedHere;
  }
  return counts;
}

/** A test that passed only when it was tried again passed. */
export function countPlaywright({ stats, errors }: PlaywrightReport): Counts {
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
  };
}

/**
 * A runner's counts, held against how it ended: one that ran nothing, or ended badly without
 * naming a failure, has failed.
 * @param counts - null: it left no report.
 * @param maySkipAll - having skipped every test, each for its reason, is no failure.
 */
export function settle(
  counts: Counts | null,
  exitStatus: number | null,
  maySkipAll = false,
): Counts {
  if (counts === null) return oneStep(false);
  const ran = counts.passed + counts.failed + (maySkipAll ? counts.skipped : 0);
  const ranNothing = ran === 0;
  const failedSilently = exitStatus !== 0 && counts.failed === 0;
  return ranNothing || failedSilently ? { ...counts, failed: counts.failed + 1 } : counts;
}

export function addUp(all: readonly Counts[]): Counts {
  return all.reduce(
    (sum, counts) => ({
      passed: sum.passed + counts.passed,
      failed: sum.failed + counts.failed,
      skipped: sum.skipped + counts.skipped,
    }),
    NOTHING,
  );
}

/** The last line of `npm test`; others read it. */
export function lastLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
