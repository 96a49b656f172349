import { THEM } from '../other-names.ts';
import type { Statements } from '../statements.ts';

const START = '(?<!\\p{L})';
const END = '(?!\\p{L})';
const NOT_SUBJECT = '\\bsi|cuando|donde|para|con|en|de|a|por';
const ARE =
  'es|son|está|están|tienen?|ha|han|era|eran|fue|fueron|tuvo|tuvieron|\\p{L}+(?:ó|aron|ieron)|ganan?|venden?|ofrecen?|trabajan?|usan?|lideran?|' +
  'sufren?|necesitan?|pierden?';
const KNOW = 'sé|sabemos|veo|vemos|entiendo|entendemos|supe|supimos|consta|visto|oído|saben|sabe';
const UNLESS_MODAL = `(?![^.?!]*\\p{L}ría(?:n|mos)?${END})`;

export const SPANISH: Statements = {
  harmless: [],
  signs: [
    new RegExp(
      `(?<!(?:${NOT_SUBJECT}) )(?:${START}usted(?:es)?|${START}sus?(?: \\p{L}+){1,2}?|${THEM}) (?:no |ya |se |también )?(?:${ARE})${END}`,
      'iu',
    ),
    new RegExp(
      `${START}(?:${KNOW})${END}${UNLESS_MODAL}[^.?!]{0,30}${START}(?:que|cómo)${END}[^.?!]*${START}(?:usted|ustedes|sus?|${THEM}|tienen?|son|venden?)${END}`,
      'iu',
    ),
    new RegExp(`${START}(?:porque|ya que|como)${END}[^.?!]{0,40}${START}(?:tienen?|son|venden?|trabajan?|ofrecen?|usan?)${END}`, 'iu'),
    // What a question takes for granted, and what leads to one.
    new RegExp(`^¿(?:ha|han|habéis) (?:ya )?(?!pensado|considerado|tenido)\\p{L}+(?:ado|ido|to|cho)${END}[^?]*\\?`, 'iu'),
    new RegExp(`^¿(?:por qué(?! no)|desde cuándo)${END}[^?]*${START}(?:ustedes|usted|sus?|${THEM})${END}`, 'iu'),
    new RegExp(`^(?:como (?:el |la |una? )?(?:líder|empresa|compañía|agencia|proveedor|especialista|referente)|siendo|al ser)${END}`, 'iu'),
  ],
  loaded: /(?<!\p{L})(?:líder(?:es)?|premios?|premiad[oa]s?|quejas?|brechas?|escándalos?|despidos?|quiebra)(?!\p{L})/iu,
};
