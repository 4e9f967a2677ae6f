/**
 * @module
 * Which engines this machine has: the Chromium of the other tests, Debian's firefox-esr or a
 * Firefox, WebKitGTK's MiniBrowser with its driver and Xvfb. `SOTTO_ENGINES=webkit` runs only those
 * it names.
 */
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { findChromium } from '../chromium.ts';
import type { Engine, EngineName } from './driver.ts';
import { startPuppeteer } from './puppeteerEngine.ts';
import { startWebKit } from './webkitEngine.ts';

export interface FoundEngine {
  name: EngineName;
  /** null: `missing` says what is not there. */
  start: (() => Promise<Engine>) | null;
  missing: string;
}

export function findEngines(): FoundEngine[] {
  const asked = process.env['SOTTO_ENGINES']?.split(',');
  return [findChromiumEngine(), findFirefox(), findWebKit()].map((found) =>
    !asked || asked.includes(found.name)
      ? found
      : { ...found, start: null, missing: 'SOTTO_ENGINES does not name it' },
  );
}

function findChromiumEngine(): FoundEngine {
  const { executablePath } = findChromium();
  const start = executablePath === null ? null : () => startPuppeteer('chromium', executablePath);
  return { name: 'chromium', start, missing: 'there is no Chromium' };
}

function findFirefox(): FoundEngine {
  const path = process.env['SOTTO_FIREFOX'] ?? onPath('firefox-esr') ?? onPath('firefox');
  const start = path === null ? null : () => startPuppeteer('firefox', path);
  return {
    name: 'firefox',
    start,
    missing: 'there is no firefox-esr (apt-get install firefox-esr)',
  };
}

function findWebKit(): FoundEngine {
  const browser = findMiniBrowser();
  const needed = { WebKitWebDriver: 'webkit2gtk-driver', 'xvfb-run': 'xvfb', xauth: 'xauth' };
  const absent = Object.entries(needed).filter(([program]) => onPath(program) === null);
  const packages = [
    ...absent.map(([, name]) => name),
    ...(browser === null ? ['webkit2gtk-driver'] : []),
  ];
  return {
    name: 'webkit',
    start: browser === null || absent.length > 0 ? null : () => startWebKit(browser),
    missing: `there is no WebKitGTK (apt-get install ${[...new Set(packages)].join(' ')})`,
  };
}

/** It lies with the library, in a folder named for the architecture and the version. */
function findMiniBrowser(): string | null {
  const root = '/usr/lib';
  if (!existsSync(root)) return null;
  for (const folder of [root, ...readdirSync(root).map((name) => join(root, name))]) {
    for (const version of ['webkitgtk-6.0', 'webkit2gtk-4.1', 'webkit2gtk-4.0']) {
      const path = join(folder, version, 'MiniBrowser');
      if (existsSync(path)) return path;
    }
  }
  return null;
}

function onPath(program: string): string | null {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, program);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not here.
    }
  }
  return null;
}
