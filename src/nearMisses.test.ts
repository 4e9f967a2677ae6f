import { expect, test, vi } from 'vitest';
import { nearMisses } from './nearMisses.ts';
import type { Options } from './options.ts';
import { resolveOptions } from './resolveOptions.ts';

test.each([
  ['requireconsent', 'requireConsent', 'data-require-consent'],
  ['require_consent', 'requireConsent', 'data-require-consent'],
  ['consent', 'requireConsent', 'data-require-consent'],
  ['requireConsnet', 'requireConsent', 'data-require-consent'],
  ['retention', 'retentionDays', 'data-retention-days'],
  ['disable', 'disabled', 'data-disabled'],
  ['modell', 'model', 'data-model'],
  ['conect', 'connect', 'data-connect'],
  ['segmant', 'segment', 'data-segment'],
])('%s is nearly %s', (name, option, attribute) => {
  expect(nearMisses({ [name]: true })).toEqual([
    `there is no option ${name}: is ${option} (${attribute}) meant?`,
  ]);
});

test.each(['cfasync', 'id', 'src', 'turboTrack', 'cookieconsent', 'model', 'astroExec', 'ot', ''])(
  '%s is none of ours, or right',
  (name) => {
    expect(nearMisses({ [name]: true })).toEqual([]);
  },
);

test('one line on the console for each, and the rest holds', () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const options = { model: 'm', requireconsent: true, retentionDays: 3 } as Options;
  expect(resolveOptions(options, 'https://shop.test/', 'https://cdn.test/k.wasm')).toMatchObject({
    ...{ requireConsent: false, retentionDays: 3 },
  });
  expect(warn.mock.calls).toEqual([
    ['[sotto] there is no option requireconsent: is requireConsent (data-require-consent) meant?'],
  ]);
  warn.mockRestore();
});
