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
