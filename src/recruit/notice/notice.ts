import type { OwnCompany, Sender } from '../../programme/setup/programme.ts';
import type { Basis } from '../policy/country-policy.ts';
import type { Language } from '../writing/writing.ts';
import { NOTICE_WORDS } from './notice-words.ts';
import { type Origin, originToTell } from './origin.ts';

type Known = { origin?: Origin | undefined; basis: Basis; source: string };

/** A sentence in the language of the message: where we have the address from. */
export function sourceSentence(contact: Known, language: Language): string {
  const { from, named } = originToTell(contact);
  const words = NOTICE_WORDS[language];
  if (!from) return words.quoted(onOneLine(named));
  if (from === 'given') return words.given;
  return words.source(named ? `${words.from[from]} (${onOneLine(named)})` : words.from[from]);
}

/** The words of the page: its head, then the parts, a heading over lines, with an empty line before each. No text that is put in brings an empty
 *  line along. */
export function noticeText(contact: Known, language: Language, own: Pick<OwnCompany, 'name'>, sender: Sender): string {
  const { title, parts } = NOTICE_WORDS[language];
  const said = parts({
    own: onOneLine(own.name),
    place: onOneLine(sender.postalAddress),
    sender: onOneLine(sender.name),
    address: sender.address.toLowerCase(),
    source: sourceSentence(contact, language),
    byConsent: contact.basis === 'consent',
  });
  return [title, ...said.map((lines) => lines.join('\n'))].join('\n\n');
}

/** What `noticeText` wrote, taken apart again. */
export function readNotice(text: string): { title: string; parts: { heading: string; lines: string[] }[] } {
  const [title = '', ...rest] = text.split('\n\n');
  return {
    title,
    parts: rest.map((part) => {
      const [heading = '', ...lines] = part.split('\n');
      return { heading, lines };
    }),
  };
}

function onOneLine(text: string): string {
  return text
    .split(/[\r\n\u2028\u2029]+/)
    .map((line) => line.trim().replace(/,$/, ''))
    .filter(Boolean)
    .join(', ');
}
