/**
 * @module
 * The Chromium to test in: the one `e2e/chromium.ts` finds, else one installed here, by
 * Playwright's download or, as root on Debian and its kin, by apt.
 */
import { spawnSync } from 'node:child_process';
import { findChromium, type FoundChromium } from '../e2e/chromium.ts';

/** @throws {Error} when there is none and none can be installed. */
export function requireChromium(): FoundChromium & { executablePath: string } {
  for (const install of [null, ...INSTALLERS]) {
    if (install) {
      console.error(`chromium: none found; trying ${install.join(' ')}`);
      const [program, ...programArguments] = install;
      spawnSync(program, programArguments, { stdio: ['ignore', process.stderr, process.stderr] });
    }
    const { executablePath, origin } = findChromium();
    if (executablePath !== null && starts(executablePath)) return { executablePath, origin };
  }
  throw new Error(
    'no Chromium: install one (npx playwright install chromium) or name one in SOTTO_CHROMIUM',
  );
}

const PLAYWRIGHT = [process.execPath, 'node_modules/playwright/cli.js', 'install', 'chromium'];
const INSTALLERS: readonly (readonly string[])[] = [
  PLAYWRIGHT,
  ...(process.getuid?.() === 0
    ? [
        // Playwright's browser may be there and lack the system's libraries.
        [...PLAYWRIGHT, '--with-deps'],
        ['apt-get', 'update'],
        ['apt-get', 'install', '--yes', '--no-install-recommends', 'chromium'],
      ]
    : []),
];

/** A downloaded browser without its libraries is there, but does not run. */
function starts(executablePath: string): boolean {
  const { status, stderr } = spawnSync(executablePath, ['--version'], {
    encoding: 'utf8',
    timeout: 30_000,
  });
  if (status !== 0) console.error(`chromium: ${executablePath} does not start: ${stderr}`);
  return status === 0;
}
