import { CmpApi, CmpApiModel } from '@iabtechlabtcf/cmpapi';
import putStub from '@iabtechlabtcf/stub';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Consent } from '../consent.ts';
import { stringFor } from './tcString.case.ts';
import { DEFAULT_TCF_PURPOSES, watchTcf } from './watchTcf.ts';

type Api = (command: string, version: number, callback: (given: unknown) => void) => void;
const page = window as unknown as { __tcfapi?: Api };

const stops: (() => void)[] = [];
const clear = () => {
  delete page.__tcfapi;
  CmpApiModel.reset();
  document.querySelector('iframe[name=__tcfapiLocator]')?.remove();
};
beforeEach(clear);
afterEach(() => {
  stops.splice(0).forEach((stop) => stop());
  vi.useRealTimers();
});

/** The IAB's own interface, which platforms are built on; it takes over what the stub has queued. */
const startPlatform = () => new CmpApi(42, 1);

function watch(initial: Consent, purposes = DEFAULT_TCF_PURPOSES) {
  let consent = initial;
  const said: Consent[] = [];
  const warnings: string[] = [];
  const seat = {
    consent: () => consent,
    setConsent: (to: Consent) => said.push((consent = to)),
  };
  const stop = watchTcf(window, purposes, seat, (message) => warnings.push(message));
  stops.push(stop);
  return { said, warnings, stop };
}

test('asked and answered: pending until then, then what was answered, and what is changed later', () => {
  putStub();
  const watched = watch('pending');
  const platform = startPlatform();
  platform.update('', true);
  expect(watched.said).toEqual([]);
  platform.update(stringFor([1, 5, 6, 7]), false);
  // Looking at one's choices again changes none of them.
  platform.update(stringFor([1, 5, 6, 7]), true);
  expect(watched.said).toEqual(['granted']);
  platform.update(stringFor([1, 5]), false);
  expect(watched.said).toEqual(['granted', 'denied']);
  platform.update(stringFor([1, 5, 6]), false);
  expect(watched.said).toEqual(['granted', 'denied', 'granted']);
  expect(watched.warnings).toEqual([]);
});

test('advertising alone is no permission; other purposes may be asked for', () => {
  putStub();
  const strict = watch('pending');
  const storageOnly = watch('pending', [1]);
  const platform = startPlatform();
  platform.update('', true);
  platform.update(stringFor([1, 2, 3, 4]), false);
  expect(strict.said).toEqual(['denied']);
  expect(storageOnly.said).toEqual(['granted']);
});

test('a choice of an earlier visit ends waiting, but does not lift a refusal made here', () => {
  for (const [held, said] of [
    ['pending', ['granted']],
    ['denied', []],
  ] as const) {
    clear();
    putStub();
    const watched = watch(held);
    startPlatform().update(stringFor([1, 5, 6]), false);
    expect(watched.said).toEqual(said);
  }
});

test('an earlier refusal denies at once, and a permission that has run out waits', () => {
  putStub();
  const refused = watch('granted');
  startPlatform().update(stringFor([]), false);
  expect(refused.said).toEqual(['denied']);

  clear();
  putStub();
  const expired = watch('granted');
  startPlatform().update('', true);
  expect(expired.said).toEqual(['pending']);
});

test('where the regulation does not apply waiting ends, and a refusal stays', () => {
  putStub();
  const waiting = watch('pending');
  const refused = watch('denied');
  startPlatform().update(null);
  expect(waiting.said).toEqual(['granted']);
  expect(refused.said).toEqual([]);
});

test('the end takes the listener off, also one that is still in the queue', () => {
  putStub();
  const early = watch('pending');
  early.stop();
  const late = watch('pending');
  const platform = startPlatform();
  platform.update('', true);
  late.stop();
  platform.update(stringFor([1, 5, 6]), false);
  expect(early.said).toEqual([]);
  expect(late.said).toEqual([]);
  let listeners = 0;
  page.__tcfapi?.('addEventListener', 2, () => listeners++);
  expect(listeners).toBe(1);
});

test('a platform that comes later than Sotto is found', async () => {
  const watched = watch('pending');
  putStub();
  const platform = startPlatform();
  platform.update('', true);
  platform.update(stringFor([1, 5, 6]), false);
  await vi.waitFor(() => expect(watched.said).toEqual(['granted']), 2000);
});

test('a platform that never comes is one warning, and nothing goes on waiting', () => {
  vi.useFakeTimers();
  const watched = watch('pending');
  vi.advanceTimersByTime(60_000);
  expect(watched.said).toEqual([]);
  expect(watched.warnings).toEqual(['__tcfapi: it is not there after 30 s']);
  expect(vi.getTimerCount()).toBe(0);
});

test.each([
  ['throws', () => expect.fail('of the platform')],
  [
    'refuses',
    (_: string, __: number, hear: (data: unknown, ok: boolean) => void) => hear(null, false),
  ],
  [
    'says nothing that is known',
    (_: string, __: number, hear: (data: unknown, ok: boolean) => void) => {
      for (const data of [undefined, 7, 'x', {}, { eventStatus: 'tcloaded', purpose: 3 }])
        hear(data, true);
    },
  ],
  [
    'has getters that throw',
    (_: string, __: number, hear: (data: unknown, ok: boolean) => void) => {
      hear(
        {
          get eventStatus() {
            throw new Error('of the platform');
          },
        },
        true,
      );
      hear(
        {
          get listenerId() {
            throw new Error('of the platform');
          },
        },
        true,
      );
    },
  ],
])('an interface that %s grants nothing, and the page goes on', (_, api) => {
  page.__tcfapi = api;
  const watched = watch('pending');
  expect(watched.said).not.toContain('granted');
  expect(watched.warnings.length).toBeLessThanOrEqual(1);
  watched.stop();
  expect(watched.warnings.length).toBeLessThanOrEqual(1);
});
