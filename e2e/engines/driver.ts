/**
 * @module
 * What a visit needs of a browser, in words that every engine understands. One driver for each
 * engine stands behind it; a visit knows none of them.
 */

export type EngineName = 'chromium' | 'firefox' | 'webkit';

export type Button = 'left' | 'middle' | 'right';

/** A real browser, running. */
export interface Engine {
  readonly name: EngineName;
  /** A window of its own: it is visible beside the others, and has the focus when it is new. */
  newTab: () => Promise<Tab>;
  close: () => Promise<void>;
}

export interface Tab {
  /** Resolves when the page has loaded. */
  open: (url: string) => Promise<void>;
  /** Evaluates an expression on the page; a promise is awaited. What comes back is JSON. */
  run: (expression: string) => Promise<unknown>;
  click: (selector: string, button?: Button) => Promise<void>;
  /** Gives `selector` the focus and presses a key. */
  press: (selector: string, key: 'Enter' | 'Space') => Promise<void>;
  /** Turns the wheel over the middle of the page. */
  wheel: (downPx: number) => Promise<void>;
  /** Size of the window's inside, px; WebKit's, give or take its frame. */
  resize: (widthPx: number, heightPx: number) => Promise<void>;
  /** As the visitor's back button. Resolves once it is pressed. */
  back: () => Promise<void>;
  /** Puts another tab in front, or the window away: the page is hidden. */
  hide: () => Promise<void>;
  show: () => Promise<void>;
  /** Gives the window the focus, should it have lost it to another. */
  focus: () => Promise<void>;
  close: () => Promise<void>;
}

export const WINDOW_PX = { width: 800, height: 600 } as const;
