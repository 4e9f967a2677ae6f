import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { STUB } from './queue.ts';

test('the documentation shows the stub as it is', () => {
  expect(readFileSync('docs/tracking.md', 'utf8')).toContain(STUB);
});
