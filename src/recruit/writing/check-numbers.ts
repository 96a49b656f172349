import type { Checked, Grounds } from './check-draft.ts';
import { bareWords } from './plain-words.ts';
import { withoutQuotesOf } from './quotes-in.ts';

/** A number with what makes it larger or a share. */
const NUMBER =
  /(?<![\p{L}\p{N}])[$€£]?\p{Nd}+(?:[.,’'\u00a0\u202f]\p{Nd}+)*\s?(?:%|percent|Prozent|pour cent|por ciento|k|K|M|m|bn|million(?:en|s|es)?|millones|Mio\.?|x)?(?:\+|(?![\p{L}\p{N}]))/gu;
/** Numbers in words that nobody says without having counted. */
const IN_WORDS =
  /\b(?:dozens?|hundreds?|thousands?|millions?|billions?|double[ds]?|tripled?|twice as|half of your|(?:one|two|three)[- ](?:half|third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)s?|a (?:third|quarter|fifth|sixth|tenth) of(?! an hour)|drittel|fünftel|sechstel|zehntel|un (?:tiers|quart|cinquième|dixième) d(?:e|es|u)|un (?:tercio|quinto|décimo)|una (?:tercera|cuarta|quinta|décima) parte|hunderte|tausende|millionen|dutzende|verdoppel\p{L}*|centaines?|milliers?|dizaines?|doubler|tripler|cientos|miles de|millones|docenas?|duplicar|triplicar)\b/giu;
/** How long a call takes, and in how many days or weeks: ours to propose. */
const NEUTRAL =
  /\b(?:10|15|20|25|30|45|60)[-\s\u00a0]?(?:minutes?|mins?|minuten?|minutos?)\b|\b[1-9][\s\u00a0](?:weeks?|days?|wochen?|tagen?|semaines?|jours?|semanas?|días?)\b|\b24\/7\b/giu;

/** Numbers that are in no cited fact and in no text of ours. What they wrote may be quoted and is no source: who asks for a sum is not offered
 *  it by being answered. */
export function numberProblems(
  { subject, body, claims }: Checked,
  { ours, theirs, company, contactName, ownName, senderName }: Grounds,
): string[] {
  const cited = claims.flatMap(({ evidence }) => evidence.map(({ value }) => value));
  const allowed = [...cited, ...ours, company.name, ...company.aliases, contactName, ownName, senderName];
  const known = new Set(allowed.flatMap(digitsIn));
  const knownWords = allowed.map((text) => ` ${bareWords(text)} `).join(' ');
  const text = withoutQuotesOf(`${subject}\n${body}`, [...cited, ...theirs]).replace(NEUTRAL, ' ');
  const digits = [...text.matchAll(NUMBER)]
    .map(([found]) => found.trim())
    .filter((found) => digitsIn(found).some((number) => !known.has(number)));
  const words = [...text.matchAll(IN_WORDS)].map(([found]) => found).filter((found) => !knownWords.includes(` ${bareWords(found)} `));
  const asked = new Set(theirs.flatMap(digitsIn));
  return [...new Set([...digits, ...words])].map((found) =>
    digitsIn(found).some((number) => asked.has(number))
      ? `Says “${found}”: a number of theirs may only stand in quotation marks, as they wrote it.`
      : `Says “${found}”: no cited fact has this number.`,
  );
}

/** `1,000` and `1.000` are the same; a name such as `web3` has its number too. */
function digitsIn(text: string): string[] {
  return [...text.matchAll(/\p{Nd}+(?:[.,’'\u00a0\u202f]\p{Nd}+)*/gu)].map(([found]) => found.replace(/[.,’'\u00a0\u202f]/g, ''));
}
