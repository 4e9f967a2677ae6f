import { CmpApi, CmpApiModel } from '@iabtechlabtcf/cmpapi';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Consent } from '../consent.ts';
import { stringFor } from './tcString.case.ts';

interface Framed extends Window {
  said: Consent[];
  warnings: string[];
  stop: () => void;
}
type Api = (
  command: string,
  version: number,
  callback: (given: unknown, success: boolean) => void,
  parameter: unknown,
) => void;
interface Call {
  callId: string;
  command: string;
  version: number;
  parameter: unknown;
}
const page = window as unknown as { __tcfapi?: Api };

const WATCH = new URL('./watchTcf.ts', import.meta.url).href;

/** What frames have asked of this page. */
let calls: Call[];
let listening: AbortController;

const clear = () => {
  calls = [];
  (listening as AbortController | undefined)?.abort();
  delete page.__tcfapi;
  CmpApiModel.reset();
  for (const frame of document.querySelectorAll('iframe')) frame.remove();
};
beforeEach(clear);
afterEach(clear);

/** A page within this one that watches for a platform; what it calls must be its own. */
async function frame(): Promise<Framed> {
  const element = document.createElement('iframe');
  element.srcdoc = `<script type="module">
    import { DEFAULT_TCF_PURPOSES, watchTcf } from ${JSON.stringify(WATCH)};
    let consent = 'pending';
    window.said = [];
    window.warnings = [];
    const seat = { consent: () => consent, setConsent: (to) => said.push((consent = to)) };
    window.stop = watchTcf(window, DEFAULT_TCF_PURPOSES, seat, (text) => warnings.push(text));
  </script>`;
  document.body.append(element);
  const framed = element.contentWindow as Framed;
  // Its own `stop` every window has.
  await expect.poll(() => framed.said).toEqual([]);
  return framed;
}

/**
 * The page's part for its frames, as the framework's text has it. The stub from npm has one as well,
 * which forgets who has asked once it has answered, and so tells no frame of a second choice.
 */
function putLocator(): void {
  const locator = document.createElement('iframe');
  locator.name = '__tcfapiLocator';
  document.body.append(locator);
  listening = new AbortController();
  const answer = ({ data, source }: MessageEvent<{ __tcfapiCall?: Call }>) => {
    const call = data.__tcfapiCall;
    if (!call) return;
    calls.push(call);
    const reply = (returnValue: unknown, success: boolean) => {
      const { callId } = call;
      const __tcfapiReturn = { returnValue, success, callId };
      (source as Window).postMessage({ __tcfapiReturn }, '*');
    };
    page.__tcfapi?.(call.command, call.version, reply, call.parameter);
  };
  addEventListener('message', answer, { signal: listening.signal });
}

test('a platform of the page above is asked, and heard each time the visitor chooses', async () => {
  putLocator();
  const platform = new CmpApi(42, 1);
  const framed = await frame();
  platform.update('', true);
  platform.update(stringFor([1, 5, 6]), false);
  await expect.poll(() => framed.said).toEqual(['granted']);
  platform.update(stringFor([1, 5]), false);
  await expect.poll(() => framed.said).toEqual(['granted', 'denied']);
  expect(framed.warnings).toEqual([]);
});

test('it may come later', async () => {
  const framed = await frame();
  const platform = new CmpApi(42, 1);
  putLocator();
  platform.update('', true);
  platform.update(stringFor([1, 5, 6]), false);
  await expect.poll(() => framed.said, { timeout: 2000 }).toEqual(['granted']);
});

test('the end takes the listener off, and hears nothing more', async () => {
  putLocator();
  const platform = new CmpApi(42, 1);
  const framed = await frame();
  platform.update('', true);
  platform.update(stringFor([1, 5, 6]), false);
  await expect.poll(() => framed.said).toEqual(['granted']);
  framed.stop();
  await expect
    .poll(() => calls.map(({ command }) => command))
    .toEqual(['addEventListener', 'removeEventListener']);
  platform.update(stringFor([]), false);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(framed.said).toEqual(['granted']);
});

test('an answer from anybody but the page of the platform is not believed', async () => {
  putLocator();
  const framed = await frame();
  await expect.poll(() => calls.length).toBe(1);
  const forged = {
    __tcfapiReturn: {
      callId: calls[0].callId,
      success: true,
      returnValue: {
        eventStatus: 'useractioncomplete',
        purpose: { consents: { 1: true, 5: true, 6: true } },
      },
    },
  };
  const other = document.createElement('iframe');
  other.srcdoc = `<script>
    parent.frames[${[...document.querySelectorAll('iframe')].findIndex((one) => one.contentWindow === framed)}]
      .postMessage(${JSON.stringify(forged)}, '*');
    parent.isForged = true;
  </script>`;
  document.body.append(other);
  await expect.poll(() => 'isForged' in window).toBe(true);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(framed.said).toEqual([]);
  // The same from the platform's page counts.
  framed.postMessage(forged, '*');
  await expect.poll(() => framed.said).toEqual(['granted']);
});

test.each(['{"__tcfapiReturn":', '"__tcfapiReturn"', 'null', '{"__tcfapiReturn":7}'])(
  'of nonsense from that page, %s, there is at most one warning',
  async (text) => {
    putLocator();
    const framed = await frame();
    framed.postMessage(text, '*');
    framed.postMessage(null, '*');
    framed.postMessage({ __tcfapiReturn: null }, '*');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(framed.said).toEqual([]);
    expect(framed.warnings.length).toBeLessThanOrEqual(1);
  },
);
