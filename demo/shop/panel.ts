/**
 * @module
 * 'What this page knows': a drawer on every page that shows all that is on the device and lets the
 * visitor stop it, take it along or wipe it. Reads nothing but the public API.
 */
import type { LearnedProfile } from 'sotto';
import { loadCatalogue, type Catalogue } from './catalogue.ts';
import { find, h } from './dom.ts';
import { formatCount } from './format.ts';
import { choices } from './panelChoices.ts';
import { readEvents, type ShownEvent } from './panelEvents.ts';
import {
  eventsSection,
  learnedSection,
  machinerySection,
  requestsSection,
} from './panelSections.ts';
import { sotto } from './sotto.ts';

const OPEN_KEY = 'tissue-and-twine.panel';

let listMs: number | null = null;
let drawing = false;
let drawAgain = false;

export function startPanel(): void {
  const button = find<HTMLButtonElement>('#panel-button');
  const panel = find('#panel');
  const setOpen = (open: boolean): void => {
    panel.hidden = !open;
    button.setAttribute('aria-expanded', String(open));
    document.documentElement.classList.toggle('panel-open', open);
    remember(open);
    if (open) void draw();
  };
  button.addEventListener('click', () => {
    setOpen(panel.hidden === true);
    if (!panel.hidden) find('#panel-title').focus();
  });
  find('#panel-close').addEventListener('click', () => {
    setOpen(false);
    button.focus();
  });
  panel.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    setOpen(false);
    button.focus();
  });
  sotto().on('update', () => void draw());
  document.addEventListener('shop:list-ready', (event) => {
    listMs = (event as CustomEvent<number>).detail;
    void draw();
  });
  find('#panel-controls').replaceChildren(...choices(() => void draw()));
  setOpen(remembered());
}

/** Draws what is held now; while it draws, any number of calls come to one more drawing. */
async function draw(): Promise<void> {
  if (drawing) {
    drawAgain = true;
    return;
  }
  drawing = true;
  try {
    const profile = await sotto().profile();
    find('#event-count').textContent = formatCount(profile.events);
    if (!find('#panel').hidden) {
      drawSections(profile, await readEvents(), await loadCatalogue());
    }
  } catch (error) {
    find('#panel-body').replaceChildren(
      h('p', { class: 'panel-trouble', role: 'status' }, (error as Error).message),
    );
  } finally {
    drawing = false;
  }
  if (drawAgain) {
    drawAgain = false;
    await draw();
  }
}

function drawSections(
  profile: LearnedProfile,
  events: readonly ShownEvent[],
  catalogue: Catalogue,
): void {
  const titleOf = (itemId: string): string =>
    catalogue.products[catalogue.rowOf.get(itemId) ?? -1]?.title ?? itemId;
  find('#panel-body').replaceChildren(
    learnedSection(profile),
    machinerySection(profile, listMs),
    eventsSection(profile, events, titleOf),
    requestsSection(),
  );
}

function remember(open: boolean): void {
  try {
    sessionStorage.setItem(OPEN_KEY, open ? 'open' : '');
  } catch {
    // Storage refused: the drawer then opens closed on the next page.
  }
}

function remembered(): boolean {
  try {
    return sessionStorage.getItem(OPEN_KEY) === 'open';
  } catch {
    return false;
  }
}
