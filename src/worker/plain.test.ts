import { expect, test } from 'vitest';
import { BUILD } from '../build.ts';
import type { Options } from '../options.ts';
import type { LooseList, LooseOpenRequest } from './api.ts';
import { plainList, plainRequest } from './plain.ts';
import { refuseList, resolveRequest } from './strict.ts';

const PLACES = {
  pageUrl: 'https://shop.test/a/page.html',
  kernelUrl: 'https://cdn.test/lib/sotto-kernels.wasm',
  build: BUILD,
  storage: 'indexeddb',
} as const;
const requestOf = (options: unknown): LooseOpenRequest => ({
  ...PLACES,
  options: options as Options,
});
const model = '/m/manifest.json';

test('a plain request is what the strict one makes of it', () => {
  for (const options of [
    { model },
    { model: 'm.json', name: 'mine', segment: 'France' },
    { model, segment: 7, disabled: false },
    {
      model,
      track: false,
      trackAutomated: true,
      requireConsent: true,
      respectPrivacySignals: false,
    },
  ]) {
    const plain = plainRequest(requestOf(options));
    expect(plain).not.toBeNull();
    expect(resolveRequest(requestOf(options))).toMatchObject({ ...plain });
  }
});

test('whatever else is given is not plain, be it right or wrong', () => {
  for (const options of [
    {},
    { model: '' },
    { model: 'http://' },
    { model: 7 },
    { model, name: '' },
    { model, name: 5 },
    { model, name: 'x'.repeat(65) },
    { model, disabled: 'yes' },
    { model, halfLifeDays: true },
    { model, learner: 'bpr' },
    { model, retentionDays: 0 },
    { model, connect: { dataLayer: true } },
    { model, constructor: true },
  ]) {
    expect(plainRequest(requestOf(options)), JSON.stringify(options)).toBeNull();
  }
});

test('a list is plain exactly where nothing is wrong with it', () => {
  const right: LooseList[] = [
    {},
    { count: 1, exclude: [], filter: null },
    { count: 1000, times: 4, exclude: ['a'], filter: { price: 1 } },
    { diversity: 0.5, explore: 1, maxPerCategory: 1000 },
  ];
  for (const options of right) expect(plainList(options), JSON.stringify(options)).not.toBeNull();
  expect(plainList({ count: 3, times: 4 })).toMatchObject({ count: 12 });
  expect(plainList({}, 5000)).toMatchObject({ count: 5000 });

  const wrong: [keyof LooseList, unknown[]][] = [
    ['count', [0, 1001, 1.5, NaN, '3', null]],
    ['exclude', ['a', null, [''], [7], ['x'.repeat(513)]]],
    ['filter', ['a', 7, () => true]],
    ['diversity', [-0.1, 1.1, NaN, '0.5', null]],
    ['explore', [-0.1, 2, NaN, true]],
    ['maxPerCategory', [0, 1001, 0.5, '1']],
  ];
  for (const [option, values] of wrong) {
    for (const value of values) {
      const options = { [option]: value } as LooseList;
      expect(plainList(options), `${option} ${String(value)}`).toBeNull();
      expect(() => refuseList(options)).toThrow(`${option} must be`);
    }
  }
});
