import { expect, test } from 'vitest';
import { SottoError } from './errors.ts';
import { pageOptions, type Options } from './options.ts';
import { resolveOptions } from './resolveOptions.ts';

const PAGE = 'https://shop.test/a/page.html';
const KERNELS = 'https://cdn.test/lib/sotto-kernels.wasm';
const resolve = (options: Options) => resolveOptions(options, PAGE, KERNELS);

test('fills in every default and makes addresses absolute', () => {
  expect(resolve({ model: '/m/manifest.json' })).toEqual({
    manifestUrl: 'https://shop.test/m/manifest.json',
    workerUrl: null,
    kernelUrl: KERNELS,
    tfjsUrl: 'https://cdn.test/lib/tfjs/',
    integrity: false,
    name: 'sotto',
    databaseName: 'sotto',
    actionWeights: expect.objectContaining({ purchase: 2, hide: -1 }) as unknown,
    halfLifeDays: null,
    segment: null,
    learner: 'closed-form',
    retrieval: 'auto',
    track: { impressions: true, clicks: true, views: true, dwell: true },
    connect: null,
    trackAutomated: false,
    minVisibleRatio: 0.5,
    minVisibleMs: 1000,
    requireConsent: false,
    respectPrivacySignals: true,
    retentionDays: 365,
    retentionEvents: 10_000,
    disabled: false,
  });
});

test('merges over defaults', () => {
  const resolved = resolve({
    model: new URL('https://else.test/manifest.json'),
    workerUrl: 'w.js',
    tfjsUrl: '/tf',
    actionWeights: { click: 3, wishlist: 1 },
    track: { dwell: false },
  });
  expect(resolved.manifestUrl).toBe('https://else.test/manifest.json');
  expect(resolved.workerUrl).toBe('https://shop.test/a/w.js');
  expect(resolved.tfjsUrl).toBe('https://shop.test/tf/');
  expect(resolved.actionWeights).toMatchObject({ click: 3, wishlist: 1, cart: 1.5 });
  expect(resolved.track).toEqual({ impressions: true, clicks: true, views: true, dwell: false });
  expect(resolve({ model: 'm', track: false }).track).toMatchObject({ clicks: false });
});

test.each([
  [undefined, 'model must be an address but got undefined'],
  [{}, 'model must be an address but got undefined'],
  [{ model: '' }, 'model must be an address but got ""'],
  [{ model: 'http://[' }, 'model must be an address but got "http://["'],
  [{ name: '' }, 'name must be a text of 1 to 64 characters but got ""'],
  [{ halfLifeDays: 0 }, 'halfLifeDays must be a number in [0.001, 36500] but got 0'],
  [{ halfLifeDays: NaN }, 'halfLifeDays must be a number in [0.001, 36500] but got NaN'],
  [
    { learner: 'magic' },
    'learner must be one of closed-form, gradient, bpr, softmax, sampled-softmax but got "magic"',
  ],
  [{ retrieval: 'gpu' }, 'retrieval must be one of auto, wasm, webgpu, typescript but got "gpu"'],
  [{ track: 1 }, 'track must be one of true, false but got 1'],
  [{ track: { dwell: 'no' } }, 'track.dwell must be one of true, false but got "no"'],
  [{ connect: 'dataLayer' }, 'connect must be an object but got "dataLayer"'],
  [{ beforeTrack: 1 }, 'beforeTrack must be a function, or the name of one but got 1'],
  [{ minVisibleRatio: 2 }, 'minVisibleRatio must be a number in [0.01, 1] but got 2'],
  [{ minVisibleMs: -1 }, 'minVisibleMs must be a number in [0, 60000] but got -1'],
  [{ requireConsent: 'yes' }, 'requireConsent must be one of true, false but got "yes"'],
  [{ retentionDays: 0 }, 'retentionDays must be a number in [1, 36500] but got 0'],
  [{ retentionEvents: 99 }, 'retentionEvents must be a whole number in [100, 1000000] but got 99'],
  [
    { retentionEvents: 100.5 },
    'retentionEvents must be a whole number in [100, 1000000] but got 100.5',
  ],
  [{ track: null }, 'track must be one of true, false but got null'],
  [{ actionWeights: 5 }, 'actionWeights must be an object but got 5'],
  [
    { actionWeights: { click: '1' } },
    'actionWeights.click must be a number in [-100, 100] but got "1"',
  ],
  [{ signal: {} }, 'signal must be an AbortSignal but got an object'],
])('refuses %o', (options, message) => {
  const given =
    options && !('model' in options) && message.startsWith('model') === false
      ? { model: 'm', ...options }
      : options;
  let error: unknown;
  try {
    resolve(given as unknown as Options);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(SottoError);
  expect(error).toMatchObject({ code: 'invalid-argument', message });
});

test('where a consent platform is connected its answer is waited for, unless the site says not', () => {
  const required = (options: Partial<Options>) =>
    resolve({ model: 'm', ...options }).requireConsent;
  expect(required({ connect: { dataLayer: true, tcf: false } })).toBe(false);
  expect(required({ connect: { tcf: { purposes: [1] } } })).toBe(true);
  expect(required({ connect: { consentMode: true } })).toBe(true);
  expect(required({ connect: { consentMode: true }, requireConsent: false })).toBe(false);
  expect(pageOptions({ connect: { tcf: true } }).requireConsent).toBe(true);
  expect(pageOptions({ connect: { tcf: true }, requireConsent: false }).requireConsent).toBe(false);
});
