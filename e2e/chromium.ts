/**
 * @module
 * Finds the Chromium that tests and benchmarks run in: `SOTTO_CHROMIUM`, else Playwright's own,
 * else the system's. `scripts/test.ts` installs one where there is none.
 */
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright';

export interface FoundChromium {
  /** null: there is none. */
  executablePath: string | null;
  origin: 'SOTTO_CHROMIUM' | 'playwright' | 'system' | 'none';
}

const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];

/** Quiet, and WebGPU by the software adapter where there is no other. */
export const CHROMIUM_ARGUMENTS = [
  // A container's root has no user namespace to build the sandbox from.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--enable-unsafe-webgpu',
  // The tests are visitors: a browser that says it is automated is not tracked.
  '--disable-blink-features=AutomationControlled',
];

/** @throws {Error} when `SOTTO_CHROMIUM` names a file that is not there. */
export function findChromium(): FoundChromium {
  const named = process.env['SOTTO_CHROMIUM'];
  if (named) {
    if (!existsSync(named)) throw new Error(`SOTTO_CHROMIUM names ${named}, which is not there`);
    return { executablePath: named, origin: 'SOTTO_CHROMIUM' };
  }
  const own = chromium.executablePath();
  if (own && existsSync(own)) return { executablePath: own, origin: 'playwright' };
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    for (const name of SYSTEM_NAMES) {
      const path = join(folder, name);
      if (isExecutable(path)) return { executablePath: path, origin: 'system' };
    }
  }
  return { executablePath: null, origin: 'none' };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
