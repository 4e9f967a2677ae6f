import { describe, expect, it } from 'vitest';
import { readId, readTimeMs } from './values.ts';

describe('readTimeMs', () => {
  it.each<[unknown, number]>([
    ['2011-12-09 12:50:00', Date.UTC(2011, 11, 9, 12, 50)],
    ['2011-12-09T12:50:30', Date.UTC(2011, 11, 9, 12, 50, 30)],
    ['2011-12-09T12:50:30.25Z', Date.UTC(2011, 11, 9, 12, 50, 30, 250)],
    ['2011-12-09T12:50:30+02:00', Date.UTC(2011, 11, 9, 10, 50, 30)],
    ['2011-12-09T12:50-0530', Date.UTC(2011, 11, 9, 18, 20)],
    ['2011-12-09 12:50 UTC', Date.UTC(2011, 11, 9, 12, 50)],
    ['2012-02-29', Date.UTC(2012, 1, 29)],
    [1323435000, Date.UTC(2011, 11, 9, 12, 50)],
    [1323435000.5, Date.UTC(2011, 11, 9, 12, 50, 0, 500)],
    [1323435000000, Date.UTC(2011, 11, 9, 12, 50)],
    [1323435000000n, Date.UTC(2011, 11, 9, 12, 50)],
    ['1323435000', Date.UTC(2011, 11, 9, 12, 50)],
    [new Date(1323435000000), Date.UTC(2011, 11, 9, 12, 50)],
  ])('reads %s', (value, expected) => {
    expect(readTimeMs(value)).toBe(expected);
  });

  it.each<[string, number]>([
    ['31.12.2024', Date.UTC(2024, 11, 31)],
    ['3.1.2025 9:35', Date.UTC(2025, 0, 3, 9, 35)],
    ['03.01.2025, 09:35:12', Date.UTC(2025, 0, 3, 9, 35, 12)],
  ])('reads %s, the day first', (value, expected) => {
    expect(readTimeMs(value)).toBe(expected);
    expect(readTimeMs(value, 'dmy')).toBe(expected);
  });

  it('reads what is written with slashes in the order that it is told', () => {
    expect(readTimeMs('09/12/2011 8:05', 'dmy')).toBe(Date.UTC(2011, 11, 9, 8, 5));
    expect(readTimeMs('09/12/2011 8:05', 'mdy')).toBe(Date.UTC(2011, 8, 12, 8, 5));
    expect(readTimeMs('31/12/2011', 'mdy')).toBeNaN();
    expect(readTimeMs('2011-12-09', 'mdy')).toBe(Date.UTC(2011, 11, 9));
  });

  it.each(['31.02.2024', '31.12/2024', '31.12.24', '31.12.2024 25:00', '31.12.2024x'])(
    'refuses %s',
    (value) => {
      expect(readTimeMs(value)).toBeNaN();
    },
  );

  it.each([null, undefined, '', 'yesterday', '09/12/2011', '2011-02-29', '2011-13-01', '-5', {}])(
    'refuses %s',
    (value) => {
      expect(readTimeMs(value)).toBeNaN();
    },
  );
});

describe('readId', () => {
  it.each<[unknown, string | null]>([
    [' 85048 ', '85048'],
    [13085, '13085'],
    [536365n, '536365'],
    [0, null],
    ['0', null],
    ['', null],
    [null, null],
    [undefined, null],
    [NaN, null],
    ['null', null],
    ['00', '00'],
  ])('reads %s', (value, expected) => {
    expect(readId(value)).toBe(expected);
  });
});
