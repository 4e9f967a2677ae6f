/**
 * @module
 * Progress on standard error, where that is a terminal; nothing elsewhere.
 */
import { SingleBar } from 'cli-progress';

export interface Progress {
  /** `text` stands beside the bar. */
  update(done: number, text: string): void;
  /** Removes the bar. */
  stop(): void;
}

export function createProgress(title: string, total: number): Progress {
  if (!process.stderr.isTTY) return { update: () => {}, stop: () => {} };
  const bar = new SingleBar({
    stream: process.stderr,
    format: `${title} [{bar}] {percentage} % · {text} · {eta_formatted} left`,
    barCompleteChar: '=',
    barIncompleteChar: ' ',
    clearOnComplete: true,
    hideCursor: true,
    barsize: 24,
    etaBuffer: 50,
    // The bar says "INF" until it has seen a rate.
    formatTime: (seconds) => (Number.isFinite(seconds) ? `${seconds} s` : '…'),
  });
  bar.start(Math.max(total, 1), 0, { text: '…' });
  return {
    update: (done, text) => bar.update(Math.min(done, total), { text }),
    stop: () => bar.stop(),
  };
}
