/**
 * @module
 * A scripted visit: pages, what the visitor does on them, and what must be in the log afterwards,
 * counted by hand. Beside it the few words that its pages are made of.
 */
import type { EngineName, Tab } from './driver.ts';

export interface Visit {
  name: string;
  /** File name → what stands in the body. Opened as `visitor.open('index')`, unless told otherwise. */
  pages: Readonly<Record<string, string>>;
  /** data-* attributes of the script tag. `FAST` spares the visits that are not about the second. */
  options?: Readonly<Record<string, string>>;
  /** What the visitor does once the page 'index' is open. */
  steps?: (visitor: Visitor) => Promise<void>;
  /** Every event of the visit, in any order, as `eventName` writes them. */
  expected: readonly string[];
  /** It needs the focus, or hides its window: no other visit runs beside it. */
  isAlone?: boolean;
  /** It begins in a new window, which has the focus. */
  needsFocus?: boolean;
  /** No later visit can use its window. */
  spoilsWindow?: boolean;
  /** Engines that cannot live through it, and why. */
  cannot?: Readonly<Partial<Record<EngineName, string>>>;
}

export interface LoggedEvent {
  action: string;
  item_id: string;
  value?: number;
  listId?: string;
  position?: number;
}

/** The visitor: the tab, and what every visit does with it. */
export interface Visitor extends Tab {
  engine: EngineName;
  /** Opens a page of this visit. */
  open: (page: string) => Promise<void>;
  addressOf: (page: string) => string;
  /** Waits until the log holds at least these. */
  until: (...events: string[]) => Promise<void>;
  /** Waits until an expression on the page is true. */
  untilTrue: (expression: string) => Promise<void>;
  events: () => Promise<LoggedEvent[]>;
  wait: (ms: number) => Promise<void>;
  scrollTo: (selector: string) => Promise<void>;
  /** Runs a longer expression on the page, without keeping the other windows waiting. */
  runSlowly: (expression: string) => Promise<unknown>;
  /** Scrolls to `selector` and back. @throws {TooSlow} when that took longer than it may. */
  glimpse: (selector: string, stayMs: number, atMostMs: number) => Promise<void>;
}

/** The machine was too slow for the visit to mean anything: it is to be made again. */
export class TooSlow extends Error {}

/** The rule of 150 ms, where the length of a second is not the point. */
export const FAST = { 'data-min-visible-ms': '150' } as const;

/** As `impression a`; with list and position, `impression a@top#2`. */
export function eventName({ action, item_id, listId, position }: LoggedEvent): string {
  const place = listId === undefined ? '' : `@${listId}`;
  return `${action} ${item_id}${place}${position === undefined ? '' : `#${position}`}`;
}

/** A block of 100 × 100 px, unless its style says otherwise. */
export const item = (id: string, attributes = '', inside = id): string =>
  `<div id="${id}" data-sotto-item="${id}" ${attributes}>${inside}</div>`;

/** An item at a fixed place of the window. */
export const itemAt = (id: string, style: string): string =>
  item(id, `style="position:fixed;margin:0;${style}"`);

/** More than a window of nothing. */
export const SPACE = '<div style="height:150vh"></div>';

export const list = (id: string, ...items: string[]): string =>
  `<section id="${id}" data-sotto-list="${id}">${items.join('')}</section>`;
