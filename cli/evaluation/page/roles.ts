/**
 * @module
 * What an engine is in the comparison; its colour in every plot.
 */
import { DEFAULT_ENGINE } from '../options.ts';
import type { EvaluationReport } from '../report.ts';

/** `own`: what visitors get; `part`: the same with something left out; `plain`: knows no taste. */
export type Role = 'own' | 'part' | 'peer' | 'plain';

export const ROLE_TITLES: Readonly<Record<Role, string>> = {
  own: 'what visitors get',
  peer: 'other programs',
  part: 'parts of it alone',
  plain: 'knows no taste',
};

export function roleOf(engine: string, { engines }: EvaluationReport): Role {
  if (engine === DEFAULT_ENGINE) return 'own';
  if (engines.find((one) => one.engine === engine)?.isExternal) return 'peer';
  return /^(popularity|trending)/.test(engine) ? 'plain' : 'part';
}
