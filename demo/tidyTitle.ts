/**
 * @module
 * Product titles as a shop would print them, from a stock list's capitals: abbreviations written
 * out, sizes and counts in one form, sentence case that leaves names alone.
 */

/** Applied in order, to the title in capitals. */
const REWRITES: readonly [pattern: RegExp, replacement: string][] = [
  [/[`´’]/g, "'"],
  [/\s+,/g, ','],
  [/,(?=\S)/g, ', '],
  [/(?<=[A-Z.])\+|\+(?=[A-Z])/g, ' + '],
  [/\bM\.O\.P\b\.?|\bMOP\b/g, 'MOTHER OF PEARL'],
  [/\bSET ?OF ?(?=\d)/g, 'SET OF '],
  [/\b(?:SET|S)\/(?=\d)/g, 'SET OF '],
  [/\bSET(?=\d)/g, 'SET OF '],
  [/\b(?:PACK|BOX)\/(?=\d)/g, 'PACK OF '],
  [/\bT ?- ?LIGHT/g, 'T-LIGHT'],
  [/\bTEA-LIGHT/g, 'TEALIGHT'],
  [/\bRETRO ?SPOT\b/g, 'RETROSPOT'],
  [/\bX-?MAS\b/g, 'CHRISTMAS'],
  [/\bASS COL\b/g, 'ASSORTED COLOUR'],
  [/\b(?:ASS|ASST|ASSTD)\b\.?/g, 'ASSORTED'],
  [/\bCOL\b/g, 'COLOUR'],
  [/\bM\/COLOUR\b/g, 'MULTICOLOUR'],
  [/\bHLDR\b/g, 'HOLDER'],
  [/\bANT\b/g, 'ANTIQUE'],
  [/\bSML\b/g, 'SMALL'],
  [/\bMED\b/g, 'MEDIUM'],
  [/\bSQU\b/g, 'SQUARE'],
  [/\bRND\b/g, 'ROUND'],
  [/\bLT\b\.? ?|\bL\. ?(?=BLUE)/g, 'LIGHT '],
  [/\bBLK\b/g, 'BLACK'],
  [/\b(?:WHT|WHIT)\b/g, 'WHITE'],
  [/\bTURQ\b/g, 'TURQUOISE'],
  [/\bCHOC\b/g, 'CHOCOLATE'],
  [/\bDES\b/g, 'DESIGN'],
  [/\bNECKL(?![A-Z])\.?/g, 'NECKLACE '],
  [/\bF\.FAIRY\b/g, 'FLOWER FAIRY'],
  [/\b(?:STRAWBRY|STRAWBERY)\b/g, 'STRAWBERRY'],
  [/\bFUSCHIA\b/g, 'FUCHSIA'],
  [/\bBRACLET\b/g, 'BRACELET'],
  [/\bCONTEMPORY\b/g, 'CONTEMPORARY'],
  [/\bORNAMENETAL\b/g, 'ORNAMENTAL'],
  [/\bSKIPPPING\b/g, 'SKIPPING'],
  [/\bP'WEIGHT\b/g, 'PAPERWEIGHT'],
  [/\bP\/FRAME\b/g, 'PHOTO FRAME'],
  [/\bC\/COVER\b/g, 'CUSHION COVER'],
  [/\bB'FLY\b/g, 'BUTTERFLY'],
  [/\bB'DRAW\b/g, 'BEDSIDE DRAWER'],
  [/\bW\/ ?(?=[A-Z])/g, 'WITH '],
  [/\bW\b(?!\/)/g, 'WITH'],
  [/\bMINATURE\b/g, 'MINIATURE'],
  [/\bARTIIFCIAL\b/g, 'ARTIFICIAL'],
  [/\bPANNETONE\b/g, 'PANETTONE'],
  [/\bCHILDRENS\b/g, "CHILDREN'S"],
  [/\bCHILDS\b/g, "CHILD'S"],
  [/(\d)'S\b/g, '$1S'],
  [/(\d) ?X ?(\d+(?:\.\d+)?) ?CM\b/g, '$1 × $2 CM'],
  [/(\d) ?CM ?X ?(\d+) ?CM\b/g, '$1 × $2 CM'],
  [/(\d) ?X ?(\d+) ?X ?(\d+) ?CM\b/g, '$1 × $2 × $3 CM'],
  [/(\d) ?(CM|M|G)\b/g, '$1 $2'],
  [/(\d)(PCS?|LIGHT)\b/g, '$1 $2'],
  [/\bPCS?\b/g, 'PIECE'],
  [/(?<=\d)"(?=[A-Z])/g, '" '],
  [/(?<=[A-Z])"(?=[A-Z])/g, ' "'],
  [/\s+/g, ' '],
  [/^[\s,.:;-]+|[\s,.:;/-]+$/g, ''],
];

/** Words that keep their capitals. */
const SPELLINGS: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ...['Christmas', 'Easter', 'Santa', 'Rudolph', 'Noel', 'Valentine', 'Halloween', 'Diwali'],
    ...['English', 'England', 'French', 'France', 'Scandinavian', 'Danish', 'Moroccan', 'Indian'],
    ...['London', 'Paris', 'Parisienne', 'Montana', 'Provencal', 'Hawaiian', 'Medina', 'Marakesh'],
    ...[
      'British',
      'Chinese',
      'Japanese',
      'Spanish',
      'Swiss',
      'Murano',
      'Kashmir',
      'Rio',
      'Savannah',
    ],
    ...['Victorian', 'Edwardian', 'Regency', 'Union', 'Jack', 'Charlie', 'Lola', 'Suki', 'Dolly'],
    ...[
      'Spaceboy',
      'Emily',
      'Rosie',
      'Molly',
      'Nancy',
      'Charlotte',
      'Poppy',
      'Marie',
      'Antoinette',
    ],
    ...[
      'Elvis',
      'Mao',
      'Fanny',
      'Mrs',
      'Mr',
      'Rex',
      'Bakelite',
      'I',
      'TV',
      'LED',
      'WC',
      'CD',
      'VW',
    ],
    ...['A4', 'A5', 'A6', 'A7', '3D', 'ABC', 'VIP', 'UK', 'US', 'USA', 'DIY', 'GP', 'Jean-Paul'],
  ].map((word) => [word.toUpperCase(), word]),
);

/** @param title - in capitals, or as it comes. @returns '' for an empty one. */
export function tidyTitle(title: string): string {
  let text = title.toUpperCase().trim();
  for (const [pattern, replacement] of REWRITES) text = text.replace(pattern, replacement);
  text = text.replace(/[\p{L}\p{N}][\p{L}\p{N}'-]*/gu, sentenceWord);
  text = text.replace('Dolly girl', 'Dolly Girl');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function sentenceWord(word: string, offset: number, text: string): string {
  if (Object.hasOwn(SPELLINGS, word)) return SPELLINGS[word];
  const owner = /^(.+)('S|'M|'VE)$/.exec(word);
  if (owner && Object.hasOwn(SPELLINGS, owner[1]))
    return SPELLINGS[owner[1]] + owner[2].toLowerCase();
  if (/^T-/.test(word)) return `T-${word.slice(2).toLowerCase()}`;
  // A letter on its own is a letter ("A, B, C"), save for the article in a sentence.
  const quoted = text[offset - 1] === '"' || text[offset + 1] === ',';
  if (word.length === 1 && /[A-Z]/.test(word) && (quoted || !/[AGMSX]/.test(word))) return word;
  return word.toLowerCase();
}
