import { THEM } from '../other-names.ts';
import type { Statements } from '../statements.ts';

const START = '(?<!\\p{L})';
const END = '(?!\\p{L})';
const NOT_SUBJECT = 'wenn|falls|ob|sofern|für|an|mit|ohne|über|von|bei|zu|bis|als|was|wo';
const YOUR = 'Ihre?[mnrs]?';
const YOU_ARE = 'sind|haben|hatten|waren|gewannen|führen|leiden|kämpfen|betreiben|verkaufen|arbeiten|bieten|wissen';
const YOURS_ARE =
  'ist|sind|war|waren|hat|haben|hatte|hatten|gewann|gewannen|gewinnt|wurde|wurden|führt|führen|leidet|leiden|kämpft|kämpfen|verkauft|verkaufen|' +
  'betreibt|klagt|klagen';
const UNLESS_MODAL = '(?![^.?!]*(?:würde|könnte|hätte|wäre|möchte|dürfte|sollte))';

export const GERMAN: Statements = {
  harmless: [
    [/^Ich verstehe Sie/u, 'Ich verstehe'],
    [/dass Sie (?:sich |mir |uns )?(?:so \p{L}+ )?(?:die Zeit )?(?:geantwortet|gemeldet|geschrieben|genommen) haben/gu, 'dafür'],
  ],
  signs: [
    new RegExp(
      `(?<!(?:${NOT_SUBJECT}) )(?:${START}Sie (?:${YOU_ARE})|(?:${START}${YOUR}(?: \\p{L}+){1,2}?|${THEM}) (?:${YOURS_ARE}))${END}`,
      'u',
    ),
    // “weil Ihre Kunden klagen”: the verb stands last.
    new RegExp(
      `${START}(?:dass|weil|da|wie|denn)${END}${UNLESS_MODAL}[^.?!,]{0,60}${START}(?:Sie|${YOUR}|${THEM})${END}[^.?!]{0,80}\\p{L}(?:t|en|ist|sind)(?=[.,?!;]|$| (?:und|oder)${END})`,
      'u',
    ),
    new RegExp(
      `${START}(?:ich|wir|alle) (?:weiß|wissen|verstehen?|sehen?|höre?n?|hörten?|lasen?)${END}${UNLESS_MODAL}[^.?!]*${START}(?:${YOUR}|${THEM})${END}`,
      'iu',
    ),
    // What a question takes for granted, and what leads to one.
    new RegExp(
      `^(?:Haben|Hatten|Hat|Wurden?|Warum|Wie lange|Seit wann)${END}[^?]*${START}(?:Sie|${YOUR}|${THEM})${END}[^?]*${START}(?!gedacht|erwogen)(?:ge|be|ver|er|ent|zer)\\p{L}+(?:t|en)(?: haben)?\\?`,
      'u',
    ),
    new RegExp(
      `^Als (?!(?:nächst|erst|zweit|klein|letzt)\\p{L}*${END}|Beispiel|Anfang|Dank|Antwort|Versuch)(?![^.?!]*${START}(?:wir|ich)${END})`,
      'u',
    ),
  ],
  loaded:
    /(?<!\p{L})(?:Marktführer\p{L}*|Auszeichnung(?:en)?|preisgekrönt\p{L}*|Beschwerden?|Sicherheitslücken?|Skandale?|Entlassungen|Insolvenz|führend\p{L}*)(?!\p{L})/u,
};
