import { LEGAL_FORMS, NOT_NAMES } from '../../discover/fit/not-names.ts';
import { registrableDomain } from '../../programme/companies/domain-name.ts';
import type { Grounds } from './check-draft.ts';
import { bareWords } from './plain-words.ts';
import { templateWords } from './template-words.ts';

/** Words with a capital, or in capitals, up to four in a row. */
const NAME = /(?<![\p{L}\p{N}])\p{Lu}[\p{L}\p{N}&’'.-]*(?:[ \u00a0]\p{Lu}[\p{L}\p{N}&’'.-]*){0,3}/gu;

/** What could be the name of another company: for looking these up where companies are on file. */
export function namesToLookUp(text: string): string[] {
  const runs = [...text.matchAll(NAME)].map(([name]) => name.replace(/[.'’-]+$/, '').split(/[ \u00a0]/));
  const names = runs.flatMap((words) =>
    words.flatMap((_, from) => words.slice(from).map((_word, length) => words.slice(from, from + length + 1).join(' '))),
  );
  return [...new Set(names)].filter((name) => !isCommon(name));
}

/** Names and domains of other companies that a text has. Names count where they are written as names; a word of our templates, or one that
 *  the trade uses anyway, names nobody. */
export function otherNames(text: string, { company, ownName, contactName, senderName, others, ours }: Grounds): string[] {
  const own = ` ${[company.name, ...company.aliases, company.domain, ownName, contactName, senderName, ...ours].map(bareWords).join(' | ')} `;
  return [...new Set(others)].filter((other) => {
    const name = withoutForm(other.trim());
    if (name.length < 2 || own.includes(` ${bareWords(name)} `)) return false;
    const isDomain = 'domain' in registrableDomain(name);
    if (!isDomain && isCommon(name)) return false;
    const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, isDomain ? 'iu' : 'u').test(text);
  });
}

function withoutForm(name: string): string {
  const words = name.split(/\s+/);
  while (words.length > 1 && LEGAL_FORMS.has((words.at(-1) ?? '').toLowerCase().replace(/[.,]/g, ''))) words.pop();
  return words.join(' ').replace(/[,\s]+$/, '');
}

function isCommon(name: string): boolean {
  const words = bareWords(name).split(' ');
  return words.length === 1 && words.every((word) => word.length < 2 || NOT_NAMES.has(word) || templateWords().has(word));
}
