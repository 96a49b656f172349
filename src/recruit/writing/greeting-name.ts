import type { Language, Tone } from './writing.ts';

/** Languages in which a first letter may use the given name alone. */
const BY_GIVEN_NAME: ReadonlySet<Language> = new Set(['en', 'es']);
/** Countries where the family name stands first. */
const FAMILY_FIRST: ReadonlySet<string> = new Set(['CN', 'TW', 'HK', 'MO', 'JP', 'KR', 'KP', 'VN', 'HU', 'KH', 'SG']);

/** Given name and family names, as most are typed. What is abbreviated, shouted or turned round is said as it stands. */
const FULL_NAME = /^(\p{Lu}\p{Ll}+(?:[-’']\p{Lu}?\p{Ll}+)*)(?: \p{L}[\p{L}’'.-]*){1,3}$/u;
const WITH_TITLE = /^((?:Dr|Prof)\.?) \p{Lu}\p{Ll}+ (\p{Lu}[\p{L}’-]+)$/u;
/** Names of nobody, and titles that are written without a dot. */
const NO_PERSON = /(?<!\p{L})(?:team|desk|office|equipo|équipe|mrs?|ms|miss|dr|prof|sir|frau|herr|señora?|don|doña)(?!\p{L})/iu;

/** How a letter greets somebody: by the given name where the language does, else by the whole name. `country`: where they are. */
export function greetingName(
  name: string,
  { language, tone, country }: { language: Language; tone: Tone; country: string | null },
): string {
  const [, title, family] = WITH_TITLE.exec(name) ?? [];
  if (title && family) return `${title} ${family}`;
  if (tone === 'formal' || !BY_GIVEN_NAME.has(language) || (country && FAMILY_FIRST.has(country)) || NO_PERSON.test(name)) return name;
  return FULL_NAME.exec(name.trim())?.[1] ?? name;
}
