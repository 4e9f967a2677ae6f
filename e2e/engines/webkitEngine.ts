/**
 * @module
 * WebKitGTK: its MiniBrowser, driven by WebKitWebDriver on a screen of Xvfb's. One session has many
 * windows but only one current one, so each command waits for its turn and takes its window along.
 */
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  Builder,
  Button as Buttons,
  By,
  Capabilities,
  Key,
  Origin,
  type WebDriver,
} from 'selenium-webdriver';
import { WINDOW_PX, type Engine, type Tab } from './driver.ts';

const START_MS = 30_000;
const RESIZE_MS = 50;
const RESIZE_ATTEMPTS = 20;

/**
 * Without a window manager the window under the pointer has the focus, and the pointer rests in the
 * middle of the screen: that must lie within windows of `WINDOW_PX`.
 */
const SCREEN = '1280x1024x24';

export async function startWebKit(miniBrowser: string): Promise<Engine> {
  const port = await freePort();
  const service = spawn(
    'xvfb-run',
    ['--auto-servernum', `--server-args=-screen 0 ${SCREEN}`, 'WebKitWebDriver', `--port=${port}`],
    // A group of its own, so that Xvfb ends with it.
    { detached: true, stdio: 'ignore' },
  );
  const end = () => {
    try {
      if (service.pid) process.kill(-service.pid);
    } catch {
      // It has ended by itself.
    }
  };
  try {
    const driver = await connect(`http://127.0.0.1:${port}`, miniBrowser);
    // Stays open: a window is opened from another.
    const root = await driver.getWindowHandle();
    let turn: Promise<unknown> = Promise.resolve();
    const inTurn: Take = (work) => {
      const result = turn.then(work, work);
      turn = result;
      return result;
    };
    return {
      name: 'webkit',
      newTab: () =>
        inTurn(async () => {
          await driver.switchTo().window(root);
          await driver.switchTo().newWindow('window');
          const handle = await driver.getWindowHandle();
          const tab = tabOf(driver, async (work) =>
            inTurn(async () => {
              await driver.switchTo().window(handle);
              return work();
            }),
          );
          await resize(driver, WINDOW_PX.width, WINDOW_PX.height);
          return tab;
        }),
      async close() {
        await driver.quit().catch(() => {});
        end();
      },
    };
  } catch (thrown) {
    end();
    throw thrown;
  }
}

/** The types of the package leave it out. */
interface Wheel {
  scroll: (
    x: number,
    y: number,
    rightPx: number,
    downPx: number,
    origin: unknown,
  ) => {
    perform: () => Promise<void>;
  };
}

type Take = <T>(work: () => Promise<T>) => Promise<T>;

function tabOf(driver: WebDriver, take: Take): Tab {
  const pointer = (selector: string, button: Buttons) =>
    take(async () => {
      const element = await driver.findElement(By.css(selector));
      await driver.actions().move({ origin: element }).press(button).release(button).perform();
    });
  let sizePx = { ...WINDOW_PX } as { width: number; height: number };
  return {
    open: (url) => take(() => driver.get(url)),
    run: (expression) => take(() => driver.executeScript(`return (${expression})`)),
    click: (selector, button = 'left') =>
      pointer(
        selector,
        { left: Buttons.LEFT, middle: Buttons.MIDDLE, right: Buttons.RIGHT }[button],
      ),
    press: (selector, key) =>
      take(async () => {
        await driver.executeScript(`document.querySelector(${JSON.stringify(selector)}).focus()`);
        const text = key === 'Enter' ? Key.ENTER : ' ';
        await driver.actions().keyDown(text).keyUp(text).perform();
      }),
    wheel: (downPx) =>
      take(() =>
        (driver.actions() as unknown as Wheel)
          .scroll(WINDOW_PX.width / 2, WINDOW_PX.height / 2, 0, downPx, Origin.VIEWPORT)
          .perform(),
      ),
    resize: (width, height) =>
      take(async () => {
        sizePx = { width, height };
        await resize(driver, width, height);
      }),
    back: () => take(() => driver.executeScript('setTimeout(() => history.back())')),
    hide: () => take(() => driver.manage().window().minimize()),
    show: () => take(() => resize(driver, sizePx.width, sizePx.height)),
    focus: () =>
      take(async () => {
        if (await driver.executeScript('return document.hasFocus()')) return;
        // There is no window manager to ask.
        await driver.manage().window().minimize();
        await resize(driver, sizePx.width, sizePx.height);
      }),
    close: () => take(() => driver.close()),
  };
}

/**
 * The driver sizes the window with its frame and bar: what the inside lacks is asked for on top. The
 * page may hear of its new size late.
 */
async function resize(driver: WebDriver, width: number, height: number): Promise<void> {
  const asked = { width, height, x: 0, y: 0 };
  for (let attempt = 0; attempt < RESIZE_ATTEMPTS; attempt++) {
    await driver.manage().window().setRect(asked);
    await sleep(RESIZE_MS);
    const [insideWidth, insideHeight]: [number, number] = await driver.executeScript(
      'return [innerWidth, innerHeight]',
    );
    if (insideWidth === width && insideHeight === height) return;
    asked.width += width - insideWidth;
    asked.height += height - insideHeight;
  }
  throw new Error(`the window does not become ${width} × ${height} px`);
}

async function connect(server: string, binary: string): Promise<WebDriver> {
  const capabilities = new Capabilities({
    browserName: 'MiniBrowser',
    'webkitgtk:browserOptions': { binary, args: ['--automation'] },
  });
  const untilMs = Date.now() + START_MS;
  for (;;) {
    try {
      const answer = await fetch(`${server}/status`);
      if (answer.ok) break;
    } catch (cause) {
      if (Date.now() > untilMs) throw new Error('WebKitWebDriver does not answer', { cause });
    }
    await sleep(100);
  }
  return new Builder().usingServer(server).withCapabilities(capabilities).build();
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
