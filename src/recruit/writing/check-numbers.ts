import { bareWords } from './plain-words.ts';
import { withoutQuotesOf } from './quotable.ts';
import type { Checked, Grounds } from './writing.ts';

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

/** Promises of money and outcomes, in the languages we write. Written from general knowledge of such mails: one line to correct each. What is
 *  paid is refused without a figure too: who pays whom, and a share of what, is for people to say. */
const AMOUNTS = [
  /[$€£¥]\s?\d[\d.,]*\s?(?:k|m|bn|million|billion)?/i,
  /\d[\d.,]*\s?(?:[$€£¥]|(?:eur|usd|gbp|chf|euros?|dollars?|pounds?|dólares|livres)\b)/i,
  /\b(?:margins?|discount)\b[^.?!\n]{0,25}\d/i,
  /\d[\d.,]*\s?(?:%|percent|per cent)/i,
  /\bfifty[- ](?:\/ ?)?fifty\b|\bhalbe[- ]halbe\b|\bmoitié[- ]moitié\b|\bmitad y mitad\b/iu,
];

const ENGLISH = [
  /\b(?:you(?:['’]ll| will| can| could| would)?|your team (?:will|could)|partners) (?:(?:earn|get paid|be paid|pocket|profit)\b|make (?:money|more|up to|extra|an extra|a living))/i,
  /\b(?:guarantee[ds]?|guaranteed|risk[- ]free|no[- ]risk|passive income|extra income|extra revenue|additional revenue|recurring revenue|pays? for itself|free money|increase your (?:revenue|sales|profit)|grow your (?:revenue|sales|profit)|boost your (?:revenue|sales|profit))\b/i,
  /\b(?:commissions?|kickbacks?|payouts?|rebates?|discounts?|(?:referral|finder['’]?s|success|introduction) fees?|bount(?:y|ies)|bonus(?:es)?|money|cash(?! (?:flow|register|desk)))\b|\ba (?:\p{L}+ )?cut\b/iu,
  /\b(?:pay(?:s|ing)?|paid|reward(?:s|ing)?|compensat(?:e|es|ing)|reimburs(?:e|es|ing)|remunerat(?:e|es|ing)) (?:out )?(?:to )?you\b|\bpayments? (?:to|for) you\b/i,
  /\b(?:we|I|us)(?:['’]ll|['’]d| will| would| could| can| may| might| shall| gladly| happily)*(?: (?:agree|offer|want|promise|propose|be (?:happy|glad|willing)|are (?:happy|glad|willing|ready|prepared)) to)? pay\b(?! attention)/i,
  /\b(?:shar|split)(?:e|es|ing|s|ting)? (?:\p{L}+ ){0,2}(?:revenues?|profits?|income|earnings|proceeds|margins?)\b/iu,
  /\b(?:revenue|profit|rev)[- ](?:shar|split)\w*/i,
  /\b(?:half|thirds?|quarters?|fifths?|sixths?|tenths?|shares?|cut|slice|percentage|percent|portion) (?:of|in|on) (?:\p{L}+ ){0,3}(?:sales?|revenues?|turnover|profits?|income|deals?|fees?|prices?|proceeds|earnings|margins?|subscriptions?|contracts?)\b/iu,
  /\b(?:receive|get|keep|take|have|offer you|give you) (?:\p{L}+ ){0,2}margins?\b|\bpart of (?:the|every|each|all|any|our) (?:sales?|prices?|revenues?|turnover|profits?|fees?|proceeds)\b(?! (?:team|process|cycle|page|meeting|call))/iu,
];

const GERMAN = [
  /(?:garantier\p{L}*|risikofrei|ohne risiko|verdienen sie|sie verdienen|zusätzliche(?:r|n)? umsatz|mehr umsatz)(?!\p{L})/iu,
  /(?<!\p{L})(?:Provision(?:en|s\p{L}+)?|\p{Lu}\p{L}+provision(?:en)?|Umsatzbeteiligung|Gewinnbeteiligung|Erlösbeteiligung|Rabatte?n?|\p{L}*[Pp]rämien?|Vermittlungsgebühr(?:en)?|Vergütung(?:en)?)(?!\p{L})/u,
  /(?<!\p{L})(?:be|aus)?(?:zahl|vergüt|überweis)(?:e|en|t)(?!\p{L})[^.?!\n]{0,30}(?<!\p{L})Ihnen(?!\p{L})/u,
  /(?<!\p{L})Ihnen(?!\p{L})[^.?!\n]{0,60}(?<!\p{L})(?:be|aus)?(?:zahl|vergüt|überweis)(?:e|en|t)(?!\p{L})/u,
  /(?<!\p{L})(?:Hälfte|Drittel|Viertel|Fünftel|Sechstel|Zehntel|Anteil|Prozent|Teil) (?:des|der|vom|von|am|an|jede[rs])(?!\p{L})[^.?!\n]{0,20}(?:umsatz|gewinn|erlös|verk[aä]uf|einnahme|ertrag)/iu,
  /(?<!\p{L})(?:Umsatz|Umsätze|Gewinne?|Erlöse?|Einnahmen)(?!\p{L})[^.?!\n]{0,15}(?<!\p{L})(?:teilen|aufteilen)|(?<!\p{L})teilen(?!\p{L})[^.?!\n]{0,15}(?:Umsatz|Gewinn|Erlös|Einnahmen)/u,
  /(?<!\p{L})(?:Geld(?:er)?|Bonus|Boni)(?!\p{L})|(?<!\p{L})Sie (?:werden|würden)(?!\p{L})[^.?!\n]{0,40}(?<!\p{L})(?:bezahlt|vergütet)(?!\p{L})/u,
];

const FRENCH = [
  /(?<!\p{L})(?:garanti\p{L}*|sans risque|vous gagn\p{L}*|revenus? supplémentaires?|chiffre d[’']affaires supplémentaire|rétrocommissions?|rétrocessions?|ristournes?|(?:une|des) primes?|argent|vous (?:ser|êt)\p{L}+ (?:payée?s?|rémunérée?s?))(?!\p{L})/iu,
  /(?<!\p{L})vous (?:re)?(?:vers|pai|pay|rémun[eéè]r)(?!\p{L}*ez(?!\p{L}))\p{L}+/iu,
  /(?<!\p{L})partag\p{L}+ (?:\p{L}+[ ’'])?(?:revenus?|bénéfices?|recettes?|gains?|chiffre d[’']affaires)(?!\p{L})|(?<!\p{L})partage (?:de |des |du )(?:revenus?|bénéfices?|recettes?|chiffre)/iu,
  /(?<!\p{L})(?:moitié|tiers|quart|cinquième|sixième|dixième|part|pourcentage|pour cent) (?:de|du|des|sur)(?!\p{L})[^.?!\n]{0,20}(?:ventes?|revenus?|chiffre|bénéfices?|recettes?)(?!\p{L})/iu,
];

const SPANISH = [
  /(?<!\p{L})(?:garantiz\p{L}*|garantía de|sin riesgo|ganará\p{L}*|gana usted|ingresos (?:adicionales|extra)|comisi[oó]n(?:es)?|descuentos?|bonificaci[oó]n(?:es)?|dinero|usted(?:es)? cobrar\p{L}+)(?!\p{L})/iu,
  /(?<!\p{L})(?:les?|te|os) (?:pag(?:o|amos|an|aremos|aríamos|aría|aré|arán|ar)|abon(?:amos|aremos|aríamos|aré|ar)|remuner(?:amos|aremos|aríamos))(?!\p{L})|(?<!\p{L})(?:pagar|abonar|remunerar)(?:les?|te|os)(?!\p{L})/iu,
  /(?<!\p{L})(?:compart|repart)\p{L}+ (?:\p{L}+ )?(?:ingresos|ganancias|beneficios|ventas|facturación)(?!\p{L})|(?<!\p{L})reparto de (?:ingresos|ganancias|beneficios)/iu,
  /(?<!\p{L})(?:mitad|tercio|cuarto|quinto|(?:tercera|cuarta|quinta|sexta|décima|una) parte|porcentaje|por ciento) de (?:\p{L}+ ){0,2}(?:ventas?|ingresos?|facturación|beneficios?|ganancias?)(?!\p{L})/iu,
];

const PROMISES = [...AMOUNTS, ...ENGLISH, ...GERMAN, ...FRENCH, ...SPANISH];

export function moneyPromises(text: string): string[] {
  return [...new Set(PROMISES.flatMap((pattern) => pattern.exec(text)?.[0].trim() ?? []))];
}
