/**
 * @module
 * What the watchers' tests share: a clean page, and a note of what was tracked.
 */
import { expect } from 'vitest';
import type { TrackedEvent } from '../events.ts';
import type { Guard } from './guard.ts';
import { watchPage, type Page } from './watchPage.ts';

/** Puts `html` on the page. @returns the element around it. */
export function show(html: string): HTMLElement {
  const around = document.createElement('main');
  around.innerHTML = html;
  document.body.replaceChildren(around);
  return around;
}

/** A watcher that throws fails its test. */
export function fail(error: unknown): void {
  expect.fail(String(error));
}

export interface Watching extends Guard {
  stop: () => void;
}

export function newGuard(): Watching {
  const ended = new AbortController();
  return { onError: fail, signal: ended.signal, stop: () => ended.abort() };
}

export function newPage(): Page & Watching {
  const guard = newGuard();
  return Object.assign(watchPage(guard), { stop: guard.stop });
}

export function notes(): { track: (event: TrackedEvent) => void; seen: TrackedEvent[] } {
  const seen: TrackedEvent[] = [];
  return { track: (event) => seen.push(event), seen };
}

export const after = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
