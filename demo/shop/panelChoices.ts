/**
 * @module
 * The visitor's choices: consent, pause, which learner, take a copy, forget.
 */
import { h } from './dom.ts';
import { exported } from './panelEvents.ts';
import { sotto } from './sotto.ts';

const LEARNER_KEY = 'tissue-and-twine.learner';

const CONSENTS = { granted: 'Yes, learn', pending: 'Not decided', denied: 'No' } as const;
type Consent = keyof typeof CONSENTS;

/** @param changed - to be called when what the panel shows may be stale. */
export function choices(changed: () => void): HTMLElement[] {
  return [consent(changed), learner(), pause(changed), copy(), wipe(changed)];
}

function consent(changed: () => void): HTMLElement {
  const select = h(
    'select',
    {
      id: 'consent',
      change: () => {
        void sotto()
          .setConsent(select.value as Consent)
          .then(changed);
      },
    },
    ...Object.entries(CONSENTS).map(([value, text]) => h('option', { value }, text)),
  );
  const showCurrent = (): void => {
    const current: unknown = sotto().consent;
    if (typeof current === 'string' && Object.hasOwn(CONSENTS, current)) select.value = current;
  };
  whenKnown(showCurrent);
  return h('label', { class: 'choice' }, h('span', {}, 'May this page learn?'), select);
}

function pause(changed: () => void): HTMLElement {
  const button = h(
    'button',
    {
      type: 'button',
      class: 'button',
      id: 'pause',
      click: () => {
        if (isPaused()) sotto().resume();
        else sotto().pause();
        showCurrent();
        changed();
      },
    },
    'Pause',
  );
  const showCurrent = (): void => {
    button.textContent = isPaused() ? 'Resume' : 'Pause';
    document.documentElement.classList.toggle('paused', isPaused());
  };
  whenKnown(showCurrent);
  return button;
}

/** A pause outlasts the page it was made on. Before the script has loaded this is not known. */
const isPaused = (): boolean => sotto().paused === true;

/** Shows a choice once Sotto knows it, and again whenever it may have changed. */
function whenKnown(show: () => void): void {
  sotto().on('update', show);
  // Rejects when the model cannot be had; the visitor's choices are known all the same.
  sotto().flush().then(show, show);
}

/** The script tag takes the learner as an attribute; the shop sets it when the page loads. */
function learner(): HTMLElement {
  const select = h(
    'select',
    {
      id: 'learner',
      change: () => {
        localStorage.setItem(LEARNER_KEY, select.value);
        location.reload();
      },
    },
    h('option', { value: 'closed-form' }, 'Closed form'),
    h('option', { value: 'gradient' }, 'Gradient descent (WebGPU)'),
  );
  select.value =
    document.querySelector<HTMLScriptElement>('script[data-model]')?.dataset['learner'] ??
    'closed-form';
  return h('label', { class: 'choice' }, h('span', {}, 'Learn by'), select);
}

function copy(): HTMLElement {
  return h(
    'button',
    {
      type: 'button',
      class: 'button',
      id: 'export',
      click: () => void download(),
    },
    'Export',
  );
}

async function download(): Promise<void> {
  const address = URL.createObjectURL(await exported());
  h('a', { href: address, download: 'what-this-page-knows.jsonl' }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

function wipe(changed: () => void): HTMLElement {
  return h(
    'button',
    {
      type: 'button',
      class: 'button button-danger',
      id: 'forget',
      click: () => void sotto().forget().then(changed),
    },
    'Forget everything',
  );
}
