/**
 * @module
 * Progress of `sotto train`: a bar for reading, and one for each stage of the training.
 */
import { createProgress } from '../progress.ts';
import { grouped } from '../report.ts';
import type { FactorProgress } from '../threadedTrainer.ts';

export interface ReadingBar {
  update(rows: number, totalRows: number | null): void;
  stop(): void;
}

export function createReadingBar(): ReadingBar {
  let bar: ReturnType<typeof createProgress> | null = null;
  return {
    update(rows, totalRows) {
      bar ??= createProgress('reading ', totalRows ?? rows);
      bar.update(rows, `${grouped(rows)} rows`);
    },
    stop: () => bar?.stop(),
  };
}

export function createTrainingBars() {
  let bar: ReturnType<typeof createProgress> | null = null;
  let stage: FactorProgress['stage'] | null = null;
  let startedMs = 0;
  return {
    update(progress: FactorProgress): void {
      if (progress.stage !== stage) {
        bar?.stop();
        stage = progress.stage;
        startedMs = performance.now();
        const name = stage === 'validation' ? 'validating' : 'training';
        bar = createProgress(name, progress.totalRows);
      }
      const epoch = Math.min(progress.epoch + 1, progress.epochs);
      const rate = (progress.rows / (performance.now() - startedMs)) * 1000;
      bar?.update(
        progress.rows,
        `epoch ${epoch}/${progress.epochs} · ${grouped(Math.round(rate))} rows/s`,
      );
    },
    stop: (): void => bar?.stop(),
  };
}
