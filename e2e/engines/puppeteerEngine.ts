/**
 * @module
 * Chromium over the DevTools protocol and Firefox over WebDriver BiDi, both by puppeteer: its tabs
 * are real ones, which hide when another comes to the front and enter the back-forward cache.
 */
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { WINDOW_PX, type Engine, type Tab } from './driver.ts';

/** What puppeteer sets so that tests are even, and visitors' browsers do not have. */
const UNLIKE_VISITORS = [
  '--disable-back-forward-cache',
  '--disable-backgrounding-occluded-windows',
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
];

export async function startPuppeteer(
  name: 'chromium' | 'firefox',
  executablePath: string,
): Promise<Engine> {
  const browser = await puppeteer.launch({
    browser: name === 'firefox' ? 'firefox' : 'chrome',
    executablePath,
    headless: true,
    // A container's root has no user namespace to build the sandbox from.
    args: name === 'chromium' && process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    ignoreDefaultArgs: UNLIKE_VISITORS,
    protocolTimeout: 60_000,
    timeout: 60_000,
  });
  return {
    name,
    newTab: async () => {
      const page = await browser.newPage({ type: 'window' });
      await page.setViewport(WINDOW_PX);
      return tabOf(browser, page);
    },
    close: () => browser.close(),
  };
}

function tabOf(browser: Browser, page: Page): Tab {
  let cover: Page | null = null;
  return {
    open: async (url) => void (await page.goto(url, { waitUntil: 'load' })),
    run: (expression) => page.evaluate(expression),
    click: (selector, button = 'left') => page.click(selector, { button }),
    async press(selector, key) {
      await page.focus(selector);
      await page.keyboard.press(key === 'Space' ? ' ' : key);
    },
    async wheel(downPx) {
      await page.mouse.move(WINDOW_PX.width / 2, WINDOW_PX.height / 2);
      await page.mouse.wheel({ deltaY: downPx });
    },
    resize: (width, height) => page.setViewport({ width, height }),
    // Not `goBack()`: it waits for a load that a page from the back-forward cache never has.
    back: async () => void (await page.evaluate('void setTimeout(() => history.back())')),
    async hide() {
      await page.bringToFront();
      cover = await browser.newPage({ type: 'tab' });
      await cover.bringToFront();
    },
    async show() {
      await page.bringToFront();
      await cover?.close();
      cover = null;
    },
    focus: () => page.bringToFront(),
    async close() {
      await cover?.close();
      // A page that was rendered ahead is a target that cannot be closed.
      await page.close().catch(() => {});
    },
  };
}
