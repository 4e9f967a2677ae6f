import { describe, expect, it } from 'vitest';
import { compileFilter, type ItemFilter } from './filter.ts';

const CATALOGUE = {
  price: [5, 10, null, 20],
  categories: [['Tea'], ['Garden', 'Gifts'], null, ['Tea', 'Gifts']],
  fragile: [true, false, null, true],
};

function passing(filter: ItemFilter): number[] {
  const passes = compileFilter(filter, CATALOGUE);
  return [0, 1, 2, 3].filter(passes);
}

describe('compileFilter', () => {
  it.each<[ItemFilter, number[]]>([
    [{}, [0, 1, 2, 3]],
    [{ categories: 'Gifts' }, [1, 3]],
    [{ categories: ['Tea', 'Garden'] }, [0, 1, 3]],
    [{ price: 10 }, [1]],
    [{ price: [5, 20] }, [0, 3]],
    [{ price: { max: 10 } }, [0, 1]],
    [{ price: { min: 10, max: 20 } }, [1, 3]],
    [{ price: {} }, [0, 1, 3]],
    [{ fragile: true, categories: 'Gifts' }, [3]],
    [{ categories: [] }, []],
  ])('%j passes rows %j', (filter, rows) => {
    expect(passing(filter)).toEqual(rows);
  });

  it('refuses a column that is not there, naming those that are', () => {
    expect(() => compileFilter({ colour: 'red' }, CATALOGUE)).toThrow(
      'filter names the column "colour", but the catalogue has price, categories, fragile',
    );
    expect(() => compileFilter({ toString: 'red' }, CATALOGUE)).toThrow('"toString"');
  });

  it('refuses a range upside down', () => {
    expect(() => compileFilter({ price: { min: 3, max: 2 } }, CATALOGUE)).toThrow('min ≤ max');
  });

  it.each([null, undefined, { minimum: 3 }, { min: NaN }, { max: '3' }, new Map()])(
    'refuses %j for a condition: it would let everything pass, or nothing',
    (condition) => {
      const filter = { price: condition } as ItemFilter;
      expect(() => compileFilter(filter, CATALOGUE)).toThrow('filter.price must be a value');
    },
  );

  it.each([[[]], [new Map([['price', 5]])], [null]])('refuses %j for a filter', (filter) => {
    const given = filter as unknown as ItemFilter;
    expect(() => compileFilter(given, CATALOGUE)).toThrow('filter must be an object');
  });
});
