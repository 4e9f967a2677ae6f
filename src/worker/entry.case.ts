/**
 * @module
 * For tests: the worker's own script, where the test runner has put calls of its own in the place of
 * dynamic imports. It offers those on a page alone.
 */
import './entry.ts';

const scope = globalThis as { __vitest_browser_runner__?: unknown };
scope.__vitest_browser_runner__ ??= { wrapDynamicImport: (load: () => unknown) => load() };
