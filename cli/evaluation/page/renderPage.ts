import type { EvaluationReport } from '../report.ts';
export function renderPage(report: EvaluationReport): string {
  return report.protocol;
}
