/**
 * @module
 * tcfInFrame: the consent platform of a page that has this one in a frame. Such a platform puts an
 * empty frame of a known name beside the page's own, and answers messages in place of calls.
 *
 * https://github.com/InteractiveAdvertisingBureau/GDPR-Transparency-and-Consent-Framework/blob/master/TCFv2/IAB%20Tech%20Lab%20-%20CMP%20API%20v2.md#how-can-vendors-that-use-iframes-call-the-cmp-api-from-an-iframe
 */
import { guarded, listen } from '../guard.ts';
import type { TcData, TcfApi } from './tcfApi.ts';

const LOCATOR = '__tcfapiLocator';

type Answer = Parameters<TcfApi>[2];

export interface TcfInFrame {
  call: TcfApi;
  /** Nothing is heard any more. */
  stop: () => void;
}

/** @returns null: no page above has a platform. */
export function tcfInFrame(page: Window, onError: (error: unknown) => void): TcfInFrame | null {
  const platform = platformAbove(page);
  if (!platform) return null;
  const awaited = new Map<string, Answer>();
  // Other frames share the platform: none may have the same numbers.
  const prefix = crypto.getRandomValues(new Uint32Array(2)).join('-');
  const ended = new AbortController();
  listen({ onError, signal: ended.signal }, page, ['message'], (event) => {
    const { source, data } = event as MessageEvent<unknown>;
    // Anyone may send a message; only the platform's page is believed.
    if (source !== platform) return;
    const answer = answerIn(data);
    if (!answer) return;
    const { callId, returnValue, success } = answer;
    awaited.get(callId as string)?.(returnValue as TcData | null, success === true);
  });
  return {
    stop: () => ended.abort(),
    call(command, version, callback, parameter) {
      const callId = `sotto-${prefix}-${awaited.size}`;
      awaited.set(callId, guarded(onError, callback));
      // The address of a page above is not known here, and the question holds nothing.
      platform.postMessage({ __tcfapiCall: { command, version, parameter, callId } }, '*');
    },
  };
}

/** The nearest page above that has the platform's mark. */
function platformAbove(page: Window): Window | null {
  for (let frame = page; frame !== frame.parent; frame = frame.parent) {
    if (hasLocator(frame.parent)) return frame.parent;
  }
  return null;
}

function hasLocator({ frames }: Window): boolean {
  try {
    return (frames as unknown as Record<string, unknown>)[LOCATOR] !== undefined;
  } catch {
    // Of another origin, and it has no frame of that name.
    return false;
  }
}

/** Some platforms send texts. */
function answerIn(data: unknown): Record<string, unknown> | null {
  let said = data;
  if (typeof said === 'string') {
    if (!said.includes('__tcfapiReturn')) return null;
    said = JSON.parse(said);
  }
  const answer = (said as { __tcfapiReturn?: unknown } | null)?.__tcfapiReturn;
  return typeof answer === 'object' ? (answer as Record<string, unknown> | null) : null;
}
