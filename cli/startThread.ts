/**
 * @module
 * Starts a thread of the command line by the name of its file. Beside the built main.js stands
 * `NAME.js`. From source a thread must set tsx up itself before it can import TypeScript: a thread
 * does not inherit its parent's loader.
 */
import { Worker } from 'node:worker_threads';

/** @param name - of a file beside this one, without its end; `vite.config.ts` builds each. */
export function startThread(name: string, workerData: unknown): Worker {
  if (!import.meta.url.endsWith('.ts')) {
    return new Worker(new URL(import.meta.resolve(`./${name}.js`)), { workerData });
  }
  const [tsx, thread] = ['tsx/esm/api', `./${name}.ts`].map((path) =>
    JSON.stringify(import.meta.resolve(path)),
  );
  const start = `import(${tsx}).then(({ register }) => { register(); return import(${thread}); })`;
  return new Worker(start, { workerData, eval: true });
}
