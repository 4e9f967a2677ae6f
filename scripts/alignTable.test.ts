import { expect, test } from 'vitest';
import { alignTable } from './alignTable.ts';

test('columns are as wide as their widest cell', () => {
  const table = alignTable(
    ['entry', 'bytes'],
    [
      ['page', '12'],
      ['a worker', '123 456'],
    ],
  );
  expect(table).toBe(
    ['entry       bytes', '--------  -------', 'page           12', 'a worker  123 456'].join('\n'),
  );
});
