import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { STUB } from './queue.ts';

test('the documentation shows the stub as it is', () => {
  expect(readFileSync('docs/tracking.md', 'utf8')).toContain(STUB);
});

test('every test that docs/privacy.md names is there, by its name', () => {
  const text = readFileSync('docs/privacy.md', 'utf8');
  const missing: string[] = [];
  let named = 0;
  for (const [, path, titles = ''] of text.matchAll(
    /`((?:src|e2e)\/[\w./]+\.ts)`(?:: ([^`|()]+))?/g,
  )) {
    const source = existsSync(path) ? readFileSync(path, 'utf8') : '';
    if (!source) missing.push(path);
    for (const title of titles.split(';').map((one) => one.trim())) {
      if (title) named++;
      if (!source.includes(title)) missing.push(`${path}: ${title}`);
    }
  }
  expect(missing).toEqual([]);
  expect(named).toBeGreaterThan(25);
});
