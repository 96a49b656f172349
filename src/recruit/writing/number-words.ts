import { LANGUAGES, type Language } from './writing.ts';

/** Number words from 0 on, then tens, then what is larger, each with its value. “Neuf” is more often new than nine. */
const VALUES = [...Array.from({ length: 21 }, (_, value) => value), 30, 40, 50, 60, 70, 80, 90, 100, 1000];
const CARDINALS: Record<Language, string> = {
  en: `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty
    thirty forty fifty sixty seventy eighty ninety hundred thousand`,
  de: `null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig
    dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert tausend`,
  fr: `zéro un deux trois quatre cinq six sept huit – dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf vingt
    trente quarante cinquante soixante soixante-dix quatre-vingts quatre-vingt-dix cent mille`,
  es: `cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte
    treinta cuarenta cincuenta sesenta setenta ochenta noventa cien mil`,
};

/** Shares, multiples and heaps in words: nobody says them without having counted. The second is what they come to. */
const SHARES: Record<Language, [RegExp, string][]> = {
  en: [
    [
      /(?<!first |second |other )\bhalf(?= (?:of|the|their|your|our|as|less|fewer|more)\b|[.,;:!?]|$)|\bby half\b|\bhalv(?:es?|ed|ing)\b/giu,
      '1/2',
    ],
    [/\b(?:a|one) third(?= of| (?:less|fewer|more|faster)|[.,;:!?]|$)|\btwo[- ]thirds\b|\bthird of\b/giu, '1/3'],
    [/\b(?:a|one) quarter(?= of| (?:less|fewer|more|faster)|[.,;:!?]|$)|\bthree[- ]quarters\b/giu, '1/4'],
    [/\b(?:a|one|two|three|four)[- ](?:fifth|sixth|seventh|eighth|ninth|tenth)s?(?= of|[.,;:!?]|$)/giu, '1/n'],
    [/\bdoubl(?:es?|ed|ing)\b|\btwice (?:as|the)\b/giu, '×2'],
    [/\btripl(?:es?|ed|ing)\b|\b(?:three|four|five|ten) times (?:as|the|more|faster)\b|\b\p{L}+fold\b/giu, '×n'],
    [/\b(?:dozens|hundreds|thousands|millions|billions)\b/giu, 'heap'],
  ],
  de: [
    [/(?<!\p{L})(?:(?<!ersten |zweiten )Hälfte|(?:die|den|das|zum) halben?|halb so|halbier\p{L}*)(?!\p{L})/giu, '1/2'],
    [/(?<!\p{L})(?:[Ee]in|[Zz]wei) Drittel(?!\p{L})/gu, '1/3'],
    [/(?<!\p{L})(?:[Ee]in|[Dd]rei) Viertel(?= (?:der|des|aller|weniger|mehr)|[.,;!?]|$)/gu, '1/4'],
    [/(?<!\p{L})(?:Fünf|Sechs|Sieb|Ach|Neun|Zehn)tel[ns]?(?!\p{L})/gu, '1/n'],
    [/(?<!\p{L})(?:das Doppelte|doppelt so|verdoppel\p{L}*)(?!\p{L})/giu, '×2'],
    [/(?<!\p{L})(?:ver)?(?:drei|vier|fünf|zehn)fach\p{L}*/giu, '×n'],
    [/(?<!\p{L})(?:Dutzende|Hunderten?|Tausenden?|Millionen|Milliarden)(?!\p{L})/gu, 'heap'],
  ],
  fr: [
    [/(?<!\p{L}|(?<!\p{L})à )moitié(?!\p{L})/giu, '1/2'],
    [/(?<!\p{L})(?:(?:un|le) tiers d|deux tiers)(?=[eu’'\s.,;!?]|$)/giu, '1/3'],
    [/(?<!\p{L})(?:un|trois) quarts? d(?=[eu’'])/giu, '1/4'],
    [/(?<!\p{L})(?:un|le|deux|trois) (?:cinqu|six|sept|huit|neuv|dix)ièmes?(?!\p{L})/giu, '1/n'],
    [/(?<!\p{L})(?:le double|doubl(?:er|ent|é|ée|és|ées)|deux fois (?:plus|moins))(?!\p{L})/giu, '×2'],
    [/(?<!\p{L})(?:tripl(?:er?|ent|é|ée|és|ées)|(?:trois|quatre|cinq|dix) fois (?:plus|moins))(?!\p{L})/giu, '×n'],
    [/(?<!\p{L})(?:dizaines|douzaines|centaines|milliers|millions)(?!\p{L})/giu, 'heap'],
  ],
  es: [
    [/(?<!\p{L}|(?<!\p{L})a )mitad(?!\p{L})/giu, '1/2'],
    [/(?<!\p{L})(?:un|dos) tercios?(?!\p{L})|(?<!\p{L})tercera parte(?!\p{L})/giu, '1/3'],
    [/(?<!\p{L})(?:cuarta parte|tres cuartas? partes?|un cuarto de)(?!\p{L})/giu, '1/4'],
    [/(?<!\p{L})(?:quint|sext|séptim|octav|noven|décim)as? partes?(?!\p{L})/giu, '1/n'],
    [/(?<!\p{L})(?:el doble|duplic\p{L}+|dos veces más)(?!\p{L})/giu, '×2'],
    [/(?<!\p{L})(?:tripl\p{L}+|(?:tres|cuatro|cinco|diez) veces (?:más|menos))(?!\p{L})/giu, '×n'],
    [/(?<!\p{L})(?:docenas|decenas|centenares|cientos|miles|millones)(?!\p{L})/giu, 'heap'],
  ],
};

/** “half an hour”: a time, not a share. */
const OF_TIME = /^\s*(?:an? |de |d[’'])?-?(?:hours?|days?|stunden?|tage?|heures?|journées?|horas?|días?)(?!\p{L})/iu;

/** A number in a text: what stands there, and its value. `time`: it counts minutes, hours, days or weeks. */
export type Figure = { said: string; value: string; form: 'digits' | 'cardinal' | 'share'; time: boolean };

const DIGITS = /\p{Nd}+(?:[.,’'\u00a0\u202f]\p{Nd}{3}(?!\p{Nd}))*(?:[.,]\p{Nd}+)?/gu;
const UNIT =
  /^[-\s\u00a0]?(?:min(?:ute|uten|utes|utos?|s)?|hours?|h|days?|weeks?|stunden?|tagen?|tage|wochen?|heures?|jours?|semaines?|horas?|días?|semanas?)(?!\p{L})/iu;

/** A number as digits with a point, however it is written: “2,50” and “2.5” are one, “1.000” and “1,000” are a thousand. A separator before other than
 *  three digits is the point. */
export function plainNumber(said: string): string {
  const parts = said
    .replace(/[’'\s\u00a0\u202f]/g, '')
    .split(/[.,]/)
    .filter(Boolean);
  const last = parts.at(-1) ?? '';
  if (parts.length < 2 || last.length === 3) return parts.join('');
  const decimals = last.replace(/0+$/, '');
  return `${parts.slice(0, -1).join('')}${decimals ? `.${decimals}` : ''}`;
}

/** The numbers of a text that is written in this language. */
export function figuresIn(text: string, language: Language): Figure[] {
  const timed = (from: number) => UNIT.test(text.slice(from));
  const digits = [...text.matchAll(DIGITS)].map(({ 0: said, index }): Figure => {
    return { said, value: plainNumber(said), form: 'digits', time: timed(index + said.length) };
  });
  const words = [...text.matchAll(/[\p{L}-]+/gu)].flatMap(({ 0: said, index }): Figure[] => {
    const value = cardinals(language).get(said.toLowerCase());
    return value === undefined ? [] : [{ said, value: String(value), form: 'cardinal', time: timed(index + said.length) }];
  });
  const shares = SHARES[language].flatMap(([pattern, value]) =>
    [...text.matchAll(pattern)].map(
      ({ 0: said, index }): Figure => ({
        said,
        value,
        form: 'share',
        time: OF_TIME.test(text.slice(index + said.length)),
      }),
    ),
  );
  return [...digits, ...words, ...shares];
}

/** Every value that a text has in any of the languages: what is on file may be in another than the letter. */
export function valuesIn(text: string): string[] {
  return LANGUAGES.flatMap((language) => figuresIn(text, language).map(({ value }) => value));
}

const read = new Map<Language, ReadonlyMap<string, number>>();

function cardinals(language: Language): ReadonlyMap<string, number> {
  const known = read.get(language) ?? new Map(CARDINALS[language].split(/\s+/).map((word, index) => [word, VALUES[index] ?? 0]));
  read.set(language, known);
  return known;
}
