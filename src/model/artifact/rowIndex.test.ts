import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRowIndex } from './rowIndex.ts';

it('finds what a Map finds', () => {
  const texts = fc.array(fc.oneof(fc.string(), fc.string({ unit: 'grapheme', maxLength: 2 })));
  fc.assert(
    fc.property(texts, texts, (ids, others) => {
      const { index, add } = createRowIndex(ids, ids.length);
      const expected = new Map<string, number>();
      for (const [row, id] of ids.entries()) {
        expect(add(row)).toBe(!expected.has(id));
        if (!expected.has(id)) expected.set(id, row);
      }
      for (const id of [...ids, ...others, '__proto__', '']) {
        expect(index.get(id)).toBe(expected.get(id));
        expect(index.has(id)).toBe(expected.has(id));
      }
    }),
  );
});

it('holds as many as it was made for, and none', () => {
  const ids = Array.from({ length: 50_000 }, (_, row) => `item-${row}`);
  const { index, add } = createRowIndex(ids, ids.length);
  expect(ids.filter((_, row) => !add(row))).toEqual([]);
  expect(ids.filter((id, row) => index.get(id) !== row)).toEqual([]);
  expect(index.get('item-50000')).toBeUndefined();
  expect(createRowIndex([], 0).index.get('x')).toBeUndefined();
});
