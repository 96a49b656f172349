import { THEM } from '../other-names.ts';
import type { Statements } from '../statements.ts';

const START = '(?<!\\p{L})';
const END = '(?!\\p{L})';
const NOT_SUBJECT = '\\bsi|quand|lorsque|dès que|où|chez|pour|avec|dans|sur|de|à';
/** Not “vous auriez” and “vous aurez”: these are proposed, or to come. */
const YOU_ARE = `êtes|avez|offrez|couvrez|(?!\\p{L}*ri?ez${END})\\p{L}+ez`;
const YOURS_ARE =
  'est|sont|a|ont|était|étaient|avait|avaient|souffr\\p{L}+|gagn(?:e|ent|ait)|vend(?:ent)?|peine(?:nt)?|mène(?:nt)?|se plai\\p{L}+';
const UNLESS_MODAL = `(?![^.?!]*\\p{L}r(?:ait|aient|iez|ions)${END})`;

export const FRENCH: Statements = {
  harmless: [[/(?<!\p{L})vous (?:pouvez|voulez|souhaitez|préférez|choisissez|savez)(?!\p{L})/giu, 'on peut']],
  signs: [
    new RegExp(
      `(?<!(?:${NOT_SUBJECT}) )(?:${START}vous (?:n[’'])?(?:${YOU_ARE})|(?:${START}(?:votre|vos)(?: \\p{L}+){1,2}?|${THEM}) (?:n[’'])?(?:${YOURS_ARE}))${END}`,
      'iu',
    ),
    new RegExp(
      `${START}(?:je|nous|on) (?:sais|savons|sait|vois|voyons|comprends|comprenons)${END}${UNLESS_MODAL}[^.?!]*${START}(?:votre|vos|${THEM}|que vous)${END}`,
      'iu',
    ),
    // What a question takes for granted, and what leads to one.
    new RegExp(
      `^avez-vous (?:déjà |bien |enfin )?(?!pensé|envisagé|eu${END}|(?:lun|mar|jeu|same)di|midi)\\p{L}+(?:é|i|u|is|it)(?:e|s|es)?${END}[^?]*\\?`,
      'iu',
    ),
    new RegExp(`^(?:pourquoi(?! (?:ne )?pas)|depuis quand)${END}[^?]*${START}(?:vous|votre|vos|${THEM})${END}`, 'iu'),
    new RegExp(`^(?:en tant que|étant|leader)${END}(?![^.?!]*${START}(?:nous|je|j)${END})`, 'iu'),
  ],
  loaded: /(?<!\p{L})(?:leaders?|primée?s?|récompensée?s?|plaintes?|failles?|scandales?|licenciements?|faillite)(?!\p{L})/iu,
};
