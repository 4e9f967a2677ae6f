import { describe, expect, it } from 'vitest';
import { CATEGORIES, categoriesOf, FALLBACK_CATEGORY } from './categories.ts';
import { tidyTitle } from './tidyTitle.ts';

describe('tidyTitle', () => {
  it.each([
    ['WHITE HANGING HEART T-LIGHT HOLDER', 'White hanging heart T-light holder'],
    ['S/4 ROSE PINK DINNER CANDLES', 'Set of 4 rose pink dinner candles'],
    ['SET/20 RED RETROSPOT PAPER NAPKINS ', 'Set of 20 red retrospot paper napkins'],
    ['ROUND SNACK BOXES SET OF4 WOODLAND ', 'Round snack boxes set of 4 woodland'],
    ["PAPER CHAIN KIT 50'S CHRISTMAS ", 'Paper chain kit 50s Christmas'],
    ['XMAS TREE', 'Christmas tree'],
    ['RETRO SPOT LARGE MILK JUG', 'Retrospot large milk jug'],
    ['LUNCH BAG  BLACK SKULL.', 'Lunch bag black skull'],
    ['KEY FOB , SHED', 'Key fob, shed'],
    ['FOLK ART GREETING CARD,pack/12', 'Folk art greeting card, pack of 12'],
    ['POLYESTER FILLER PAD 40x40cm', 'Polyester filler pad 40 × 40 cm'],
    ['BAG 125g SWIRLY MARBLES', 'Bag 125 g swirly marbles'],
    ['LETTER "M" BLING KEY RING', 'Letter "M" bling key ring'],
    ['GIN + TONIC DIET METAL SIGN', 'Gin + tonic diet metal sign'],
    ['I LOVE LONDON MINI BACKPACK', 'I love London mini backpack'],
    ["ASS COL LARGE SAND FROG P'WEIGHT", 'Assorted colour large sand frog paperweight'],
    ["POPPY'S PLAYHOUSE KITCHEN", "Poppy's playhouse kitchen"],
    ['60 TEATIME FAIRY CAKE CASES', '60 teatime fairy cake cases'],
    ['', ''],
  ])('%s', (raw, expected) => {
    expect(tidyTitle(raw)).toBe(expected);
  });

  it('leaves what it has tidied alone', () => {
    for (const title of ['Set of 4 rose pink T-light holders', 'I love London, from Dolly Girl']) {
      expect(tidyTitle(title)).toBe(title);
    }
  });
});

describe('categoriesOf', () => {
  it.each([
    ['PAPER CHAIN KIT VINTAGE CHRISTMAS', ['Christmas', 'Party & birthdays']],
    ['REGENCY CAKESTAND 3 TIER', ['Kitchen & baking']],
    ['WHITE HANGING HEART T-LIGHT HOLDER', ['Lights & candles', 'Home decoration']],
    ['JUMBO BAG RED RETROSPOT', ['Bags & purses']],
    ['SOMETHING ELSE', [FALLBACK_CATEGORY]],
  ])('%s', (title, expected) => {
    expect(categoriesOf(title)).toEqual(expected);
    for (const category of expected) expect(CATEGORIES).toContain(category);
  });
});
