/**
 * @module
 * The button that puts a product into the shop's basket; its attribute tells Sotto.
 */
import { addToBasket } from './basket.ts';
import type { Product } from './catalogue.ts';
import { h } from './dom.ts';

const CONFIRMED_MS = 1600;

export function basketButton(product: Product, text: string, label: string): HTMLButtonElement {
  const button = h(
    'button',
    {
      type: 'button',
      class: 'button button-quiet',
      'data-sotto-action': 'cart',
      'aria-label': label,
      click: () => {
        addToBasket(product.id);
        button.textContent = 'Added';
        setTimeout(() => (button.textContent = text), CONFIRMED_MS);
      },
    },
    text,
  );
  return button;
}
