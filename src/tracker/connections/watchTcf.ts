/**
 * @module
 * watchTcf: the visitor's choice as a consent platform says it through the IAB's `__tcfapi`.
 *
 * https://github.com/InteractiveAdvertisingBureau/GDPR-Transparency-and-Consent-Framework
 */
import { guarded } from '../guard.ts';
import { reasonOf } from './reasonOf.ts';
import { settleConsent, type ConsentSeat } from './settleConsent.ts';
import type { TcData, TcfApi } from './tcfApi.ts';
import { tcfInFrame, type TcfInFrame } from './tcfInFrame.ts';

/**
 * What Sotto does, in the framework's terms: it keeps events on the device (1), makes a profile to
 * personalise content from them (5) and chooses content by it (6). Advertising is none of it, and
 * the framework allows no other ground than consent for these three.
 */
export const DEFAULT_TCF_PURPOSES: readonly number[] = [1, 5, 6];

const VERSION = 2;
/** A platform puts a stub that queues calls at the head of the page; where it does not, it is awaited. */
const RETRY_MS = 250;
const GIVE_UP_MS = 30_000;

/**
 * @param host - the window; the platform may also be that of a page above it.
 * @param purposes - consent to every one of them is needed.
 * @param onWarning - at most once: the platform never came, or says nothing that can be read.
 * @returns what ends it, and takes the listener off.
 */
export function watchTcf(
  host: Window,
  purposes: readonly number[],
  seat: ConsentSeat,
  onWarning: (message: string) => void,
): () => void {
  let isOn = true;
  let isWarned = false;
  let listenerId: unknown;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const warn = (message: string) => {
    if (!isWarned) onWarning(`__tcfapi: ${message}`);
    isWarned = true;
  };
  let above: TcfInFrame | null = null;
  const api = () => (host as { __tcfapi?: TcfApi }).__tcfapi ?? above?.call;
  const remove = () => {
    if (listenerId !== undefined) api()?.('removeEventListener', VERSION, () => {}, listenerId);
    listenerId = undefined;
  };
  const misread = (error: unknown) => warn(`it cannot be read: ${reasonOf(error)}`);
  const safely = (work: () => void) => guarded(misread, work)();

  const hear = (data: TcData | null, success: boolean) =>
    safely(() => {
      if (!data || !success) return warn('it refused a listener');
      listenerId = data.listenerId;
      // It was still in the platform's queue when this ended.
      if (!isOn) return remove();
      if (data.cmpStatus === 'error') return warn('the consent platform reports an error');
      if (data.gdprApplies === false) return settleConsent(seat, 'granted', false);
      if (data.eventStatus === 'cmpuishown') {
        // Asked for the first time, or again because the earlier choice has run out.
        if (!data.tcString) settleConsent(seat, 'pending', false);
        return;
      }
      const consents = data.purpose?.consents;
      const isGranted = purposes.every((purpose) => consents?.[purpose] === true);
      const isChosenNow = data.eventStatus === 'useractioncomplete';
      if (isChosenNow || data.eventStatus === 'tcloaded') {
        settleConsent(seat, isGranted ? 'granted' : 'denied', isChosenNow);
      }
    });

  const attach = (waitedMs: number) =>
    safely(() => {
      if (!api()) above = tcfInFrame(host, misread);
      const tcf = api();
      if (typeof tcf === 'function') return tcf('addEventListener', VERSION, hear);
      if (waitedMs >= GIVE_UP_MS) return warn(`it is not there after ${GIVE_UP_MS / 1000} s`);
      timer = setTimeout(() => attach(waitedMs + RETRY_MS), RETRY_MS);
    });
  attach(0);
  return () => {
    isOn = false;
    clearTimeout(timer);
    safely(remove);
    above?.stop();
  };
}
