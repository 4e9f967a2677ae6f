import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { isStale } from './staleness.ts';

async function fileAt(path: string, seconds: number): Promise<string> {
  await writeFile(path, '');
  await utimes(path, seconds, seconds);
  return path;
}

test('stale is what is missing, or older than the newest source', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-stale-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'src/deep'), { recursive: true });
  await fileAt(join(folder, 'src/old.ts'), 100);
  await fileAt(join(folder, 'src/deep/new.ts'), 200);
  const sources = [join(folder, 'src')];
  const [early, late] = [
    await fileAt(join(folder, 'early.js'), 150),
    await fileAt(join(folder, 'late.js'), 250),
  ];
  expect(await isStale([late], sources)).toBe(false);
  expect(await isStale([late, early], sources)).toBe(true);
  expect(await isStale([late, join(folder, 'missing.js')], sources)).toBe(true);
});
