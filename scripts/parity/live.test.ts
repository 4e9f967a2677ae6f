/**
 * The libraries themselves, on other data than the golden files', and `sotto pack` on what they have
 * just saved. Runs in `npm test` and when asked for (`npm run parity`), where there is a Python, and for
 * Spark a Java; it installs the rest.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { packSaved } from '../../cli/pack/packSaved.case.ts';
import { scratchFolder } from '../../cli/runHere.case.ts';
import { compareWithGolden } from './compareWithGolden.ts';
import { readGolden } from './golden.ts';
import { run, type Library } from '../python.ts';
import { pythonWith } from './whyNot.ts';

const MAKE_GOLDEN = fileURLToPath(new URL('make_golden.py', import.meta.url));
const LIVE_MS = 40 * 60_000;

const scratch = scratchFolder();
afterAll(() => scratch.remove());

interface Live {
  library: Library;
  tolerance: number;
  /** What it saves, and what has to be said of it. */
  saved: string;
  constants: string[];
}

describe('parity with the libraries themselves', () => {
  it.for<Live>([
    { library: 'implicit', tolerance: 1e-5, saved: 'implicit.npz', constants: [] },
    {
      library: 'spark',
      tolerance: 1e-4,
      saved: 'spark',
      constants: ['--alpha', '1', '--lambda', '0.1'],
    },
  ])(
    '$library',
    { timeout: LIVE_MS },
    async ({ library, tolerance, saved, constants }, { skip, annotate }) => {
      const found = await pythonWith(library);
      if ('reason' in found) return skip(found.reason);
      const { python } = found;
      const [out, fixtures] = [scratch.path('golden'), scratch.path('fixtures')];
      const seed = process.env['SOTTO_PARITY_SEED'] ?? '2';
      const given = ['--out', out, '--fixtures', fixtures, '--seed', seed];
      await run(python, [MAKE_GOLDEN, library, ...given]);

      const golden = await readGolden(join(out, `${library}.json`));
      const deviations = compareWithGolden(golden);
      expect(deviations.length).toBeGreaterThan(8);
      for (const { name, foldIn, halfStep } of deviations) {
        expect(foldIn, name).toBeLessThan(tolerance);
        expect(halfStep, name).toBeLessThan(1e-4);
      }
      const largest = Math.max(...deviations.map(({ foldIn }) => foldIn));
      await annotate(
        `${JSON.stringify(golden.versions)}: ${deviations.length} users within ${largest}`,
      );

      const args = ['--from', library, join(fixtures, saved), ...constants];
      const model = await packSaved(scratch.path(`${library}-model`), ...args);
      expect(model.ids).toHaveLength(golden.models[0].itemFactors.length);
      expect(model.manifest.objective.convention).toBe(library);
    },
  );
});
