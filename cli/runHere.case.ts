/**
 * @module
 * Runs a command line in the tests' own process, and folders to run it in.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProgram } from './program.ts';
import { run } from './run.ts';

export interface Outcome {
  status: number;
  stdout: string;
  stderr: string;
}

export async function runHere(...parts: string[]): Promise<Outcome> {
  const outcome: Outcome = { status: 0, stdout: '', stderr: '' };
  const { stdout, stderr } = process;
  const restore = [stdout, stderr].map((stream) => {
    const write = stream.write.bind(stream);
    return () => {
      stream.write = write;
    };
  });
  const capture = (name: 'stdout' | 'stderr') => (text: unknown) => {
    outcome[name] += String(text);
    return true;
  };
  stdout.write = capture('stdout');
  stderr.write = capture('stderr');
  try {
    outcome.status = await run(createProgram(), ['node', 'sotto', ...parts]);
  } finally {
    for (const undo of restore) undo();
  }
  return outcome;
}

/** A folder of its own for one test file. */
export function scratchFolder(): {
  path: (name: string) => string;
  write: (name: string, contents: string | Uint8Array) => string;
  remove: () => void;
} {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-test-'));
  const path = (name: string): string => join(folder, name);
  return {
    path,
    write(name, contents) {
      writeFileSync(path(name), contents);
      return path(name);
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
