import { expect, test } from 'vitest';
import { splitDigits } from './splitDigits.ts';

test('every value that a query can hold comes back from its two digits', () => {
  const values = Int16Array.from({ length: 2 * 32_639 + 1 }, (_, index) => index - 32_639);
  const upper = new Int8Array(values.length);
  const lower = new Int8Array(values.length);
  splitDigits(values, upper, lower);
  for (const [place, value] of values.entries()) {
    if (256 * upper[place] + lower[place] !== value) expect.fail(`${value} is lost`);
  }
});
