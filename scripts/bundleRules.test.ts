import { expect, test } from 'vitest';
import { chunkTitle, loadedAtStart, strangersInPage, type BundleChunk } from './bundleRules.ts';

const chunk = (fields: Partial<BundleChunk>): BundleChunk => ({
  fileName: 'entry.js',
  facadeModuleId: '/home/sotto/src/index.ts',
  isEntry: true,
  imports: [],
  moduleIds: [],
  code: '',
  ...fields,
});

test('a page may hold the client and its words, not the model, the service or tfjs', () => {
  const moduleIds = [
    '/home/sotto/src/events.ts',
    '/home/sotto/src/worker/client.ts',
    '/home/sotto/src/worker/wireErrors.ts',
    '/home/sotto/node_modules/idb/build/index.js',
  ];
  const strangers = [
    '/home/sotto/src/model/objective.ts',
    '/home/sotto/src/worker/service.ts',
    '/home/sotto/node_modules/@tensorflow/tfjs-core/dist/index.js',
  ];
  expect(strangersInPage([chunk({ moduleIds })])).toEqual([]);
  expect(strangersInPage([chunk({ moduleIds: [...moduleIds, ...strangers] })])).toEqual(strangers);
});

test('what is loaded at the start follows static imports, and only those', () => {
  const chunks = [
    chunk({ fileName: 'entry.js', imports: ['a.js'] }),
    chunk({ fileName: 'a.js', isEntry: false, imports: ['b.js', 'entry.js'] }),
    chunk({ fileName: 'b.js', isEntry: false }),
    chunk({ fileName: 'lazy.js', isEntry: false, imports: ['b.js'] }),
  ];
  expect(loadedAtStart(chunks).map(({ fileName }) => fileName)).toEqual([
    'entry.js',
    'a.js',
    'b.js',
  ]);
});

test.each([
  ['/x/node_modules/@tensorflow/tfjs-backend-wasm/dist/index.js', '@tensorflow/tfjs-backend-wasm'],
  ['/x/node_modules/a/node_modules/b/index.js', 'b'],
  ['/x/src/model/learners/gradient.ts', 'model/learners/gradient.ts'],
])('%s is called %s', (facadeModuleId, title) => {
  expect(chunkTitle(chunk({ facadeModuleId }))).toBe(title);
});

test('a chunk without a module of its own is called after its last one', () => {
  const moduleIds = ['/x/node_modules/a/1.js', '/x/node_modules/c/2.js'];
  expect(chunkTitle(chunk({ facadeModuleId: null, moduleIds }))).toBe('c (shared)');
});
