/**
 * @module
 * Type-aware lint, with the house's import directions as rules: who may import whom stands in
 * `directions`, and nowhere else.
 */
import js from '@eslint/js';
import importX from 'eslint-plugin-import-x';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import tseslint from 'typescript-eslint';

/** The page's own code: of the worker's it may import the client alone, and types. */
const recommender = [
  'options.ts',
  'tracker',
  'store',
  'worker/client.ts',
  'worker/api.ts',
  'worker/spawn.ts',
  'worker/wireErrors.ts',
  // Its type: the size check refuses its code.
  'worker/breathe.ts',
  'build.ts',
  'events.ts',
  'errors.ts',
];

/** What page and worker say to each other is made of. */
const wire = [
  ...['events.ts', 'errors.ts', 'options.ts'],
  ...['model/rules/filter.ts', 'metrics/types.ts'],
];

/** Folder or file under src → what of src it may import (besides itself). */
const directions = {
  'build.ts': [],
  'events.ts': [],
  'errors.ts': [],
  'options.ts': ['events.ts', 'errors.ts'],
  'nearMisses.ts': ['options.ts'],
  'resolveOptions.ts': ['nearMisses.ts', 'options.ts', 'events.ts', 'errors.ts'],
  model: ['events.ts', 'errors.ts'],
  store: ['events.ts', 'errors.ts'],
  tracker: ['events.ts', 'errors.ts', 'store/types.ts'],
  metrics: ['events.ts', 'errors.ts'],
  worker: [
    ...['store', 'model', 'metrics'],
    ...['build.ts', 'options.ts', 'resolveOptions.ts', 'events.ts', 'errors.ts'],
  ],
  // What the page loads of it: types, and not a line of the model.
  'worker/api.ts': ['worker/wire', ...wire],
  'worker/wire': wire,
  'worker/client.ts': [
    'worker/api.ts',
    'worker/wireErrors.ts',
    'worker/spawn.ts',
    'events.ts',
    'errors.ts',
  ],
  'worker/wireErrors.ts': ['worker/api.ts', 'errors.ts'],
  'worker/spawn.ts': [],
  'recommender.ts': ['recommender', 'resolveOptions.ts', ...recommender],
  recommender,
  'scriptTag.ts': ['errors.ts'],
  'script.ts': [
    'scriptTag.ts',
    'recommender',
    'worker/spawn.ts',
    'options.ts',
    'events.ts',
    'errors.ts',
  ],
  // Types, and nothing that the package does not offer everybody.
  element: ['index.ts'],
};

const zones = Object.entries(directions).map(([target, allowed]) => ({
  target: `./src/${target}`,
  from: './src',
  except: [target, ...allowed].map((path) => `./${path}`),
  message: `src/${target} may import only: ${allowed.join(', ') || 'nothing'}`,
}));

export default tseslint.config(
  { ignores: ['dist', 'demo/dist', 'node_modules', 'test-results', 'src/model/kernels/assembly'] },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['eslint.config.js'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [createTypeScriptImportResolver({ project: './tsconfig.json' })],
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': [
        'error',
        {
          basePath: import.meta.dirname,
          zones: [
            ...zones,
            { target: './cli', from: './src', except: ['./model', './events.ts', './errors.ts'] },
            { target: './demo', from: './src' },
            { target: './e2e', from: './src' },
          ],
        },
      ],
    },
  },
  {
    files: ['src/model/**/*.ts'],
    ignores: ['src/model/**/*.test.ts', 'src/model/**/*.case.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Time is a parameter in src/model.' },
        { object: 'performance', property: 'now', message: 'Time is a parameter in src/model.' },
        { object: 'Math', property: 'random', message: 'Randomness is a parameter in src/model.' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
          message: 'Time is a parameter in src/model.',
        },
        {
          selector: 'MemberExpression[property.name=/^(getRandomValues|randomUUID)$/]',
          message: 'Randomness is a parameter in src/model.',
        },
      ],
      'no-restricted-globals': ['error', 'window', 'document', 'indexedDB', 'self'],
    },
  },
  {
    files: ['**/*.test.ts', '**/testing.case.ts'],
    rules: { 'import-x/no-restricted-paths': 'off' },
  },
  { files: ['**/*.js'], ...tseslint.configs.disableTypeChecked },
);
