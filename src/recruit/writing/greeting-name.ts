import type { Greeted, Language, Tone } from './writing.ts';

/** Languages in which a first letter may use the given name alone. */
const BY_GIVEN_NAME: ReadonlySet<Language> = new Set(['en', 'es']);

const FULL_NAME = /^(\p{Lu}\p{Ll}+(?:[-’']\p{Lu}?\p{Ll}+)*) (?:\p{L}[\p{L}’'.-]* )*(\p{Lu}[\p{L}’'-]+)$/u;
const WITH_TITLE = /^((?:Dr|Prof)\.?) \p{Lu}\p{Ll}+ (\p{Lu}[\p{L}’-]+)$/u;
/** Names of nobody. */
const NO_PERSON = /(?<!\p{L})(?:team|desk|office|equipo|équipe)(?!\p{L})/iu;

/** How a letter greets somebody: by the given name where the language does and their address shows which of the names it is, as `dana@` and
 *  `d.reed@` do; else by the whole name. Which name stands first differs between countries and people. */
export function greetingName({ name, email = '' }: Greeted, { language, tone }: { language: Language; tone: Tone }): string {
  const [, title, last] = WITH_TITLE.exec(name) ?? [];
  if (title && last) return `${title} ${last}`;
  const [, given, family] = FULL_NAME.exec(name.trim()) ?? [];
  if (!given || !family || tone === 'formal' || !BY_GIVEN_NAME.has(language) || NO_PERSON.test(name)) return name;
  const mailbox = lettersOf(email.slice(0, email.lastIndexOf('@')));
  const [first, second] = [lettersOf(given), lettersOf(family)];
  return first && (mailbox.startsWith(first) || mailbox === `${first.charAt(0)}${second}`) ? given : name;
}

function lettersOf(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[^\p{L}]/gu, '')
    .toLowerCase();
}
