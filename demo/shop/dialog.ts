/**
 * @module
 * One sheet at the foot of the page, shared by quick look and 'Why?'. It leaves the lists above in
 * sight, so that a visitor sees them change.
 */
import { h } from './dom.ts';
import { keepPlace } from './keepPlace.ts';

let dialog: HTMLDialogElement | null = null;

/** @param label - what a screen reader calls the sheet. */
export function showDialog(label: string, ...content: Node[]): HTMLDialogElement {
  dialog ??= build();
  dialog.setAttribute('aria-label', label);
  dialog.replaceChildren(
    h(
      'button',
      {
        type: 'button',
        class: 'dialog-close',
        'aria-label': 'Close',
        'data-sotto-ignore': true,
        click: () => dialog?.close(),
      },
      '×',
    ),
    ...content,
  );
  if (!dialog.open) {
    const back = keepPlace(document.activeElement);
    dialog.showModal();
    dialog.addEventListener(
      'close',
      () => {
        // The browser gives the focus back itself, unless the list has changed meanwhile.
        const focused = document.activeElement;
        if (focused === document.body || dialog?.contains(focused)) back();
      },
      { once: true },
    );
  }
  return dialog;
}

/** The sheet while it is open. */
export const openDialog = (): HTMLDialogElement | null => (dialog?.open ? dialog : null);

function build(): HTMLDialogElement {
  const element = h('dialog', {
    class: 'dialog',
    click: (event) => {
      // A click on the backdrop has the dialog itself as its target.
      if (event.target === element) element.close();
    },
  });
  document.body.append(element);
  return element;
}
