/**
 * @module
 * Runs plans in Python. Answers are kept by what they were made from, so that a changed default can
 * be held against the same peers without their minutes.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { preparePython, run } from '../python.ts';
import type { Plan } from './peers.ts';

const ANSWER = fileURLToPath(new URL('answer.py', import.meta.url));

/** A day: a stage of the tuning is minutes on an idle machine. */
const LIMIT_MS = 86_400_000;

export interface AskPeers {
  /** @returns the answers file of each plan, in order. */
  (plans: readonly Omit<Plan, 'name'>[]): Promise<string[]>;
}

/** @param groups - a question paper. @param folder - where answers are kept. */
export async function askPeers(groups: string, folder: string): Promise<AskPeers> {
  await mkdir(folder, { recursive: true });
  const paper = createHash('sha256')
    .update(await readFile(groups))
    .digest('hex');
  return async (plans) => {
    const named = plans.map((plan): Plan => {
      const name = createHash('sha256').update(paper).update(JSON.stringify(plan)).digest('hex');
      return { ...plan, name: name.slice(0, 16) } as Plan;
    });
    const fileOf = ({ name }: Plan): string => join(folder, `${name}.jsonl`);
    const missing = named.filter((plan) => !existsSync(fileOf(plan)));
    if (missing.length > 0) {
      const python = await preparePython('implicit');
      const plansFile = join(folder, 'plans.json');
      await writeFile(plansFile, JSON.stringify(missing));
      const given = ['--groups', groups, '--plans', plansFile, '--out', folder];
      await run(python, [ANSWER, ...given], LIMIT_MS);
    }
    return named.map(fileOf);
  };
}
