/** Promises of money and outcomes, in the languages we write. Written from general knowledge of such mails: one line to correct each. */
const MONEY = [
  /[$€£¥]\s?\d[\d.,]*\s?(?:k|m|bn|million|billion)?/i,
  /\d[\d.,]*\s?(?:[$€£¥]|(?:eur|usd|gbp|chf|euros?|dollars?|pounds?|dólares|livres)\b)/i,
  /\b(?:commissions?|margins?|referral fee|revenue share|rev share|kickback|discount)\b[^.?!\n]{0,25}\d/i,
  /\d[\d.,]*\s?(?:%|percent|per cent)/i,
  /\b(?:you(?:['’]ll| will| can| could| would)?|your team (?:will|could)|partners) (?:(?:earn|get paid|pocket|profit)\b|make (?:money|more|up to|extra|an extra|a living))/i,
  /\b(?:guarantee[ds]?|guaranteed|risk[- ]free|no[- ]risk|passive income|extra income|extra revenue|additional revenue|recurring revenue|pays? for itself|free money|increase your (?:revenue|sales|profit)|grow your (?:revenue|sales|profit)|boost your (?:revenue|sales|profit))\b/i,
  /\b(?:garantier\p{L}*|risikofrei|ohne risiko|verdienen sie|sie verdienen|umsatzbeteiligung|zusätzliche(?:r|n)? umsatz|mehr umsatz|provision von)\b/iu,
  /\b(?:garanti\p{L}*|sans risque|vous gagn\p{L}*|commission de|revenus? supplémentaires?|chiffre d[’']affaires supplémentaire)/iu,
  /\b(?:garantiz\p{L}*|garantía de|sin riesgo|ganará\p{L}*|gana usted|comisión de(?:l)? \d|ingresos (?:adicionales|extra))/iu,
];

/** Having read, used or admired something: nobody did. */
const PRETENCE = [
  /\bI(?:['’]ve| have| am|['’]m)? (?:(?:really|truly|just|recently|always|also|been|personally|long) )*(?:loved|love|enjoyed|admired?|read|reading|followed|following|used|using|tried|trying|tested|watched|studied|listened|met|visited|impressed|a (?:big |huge |long-?time )?fan)\b(?! to (?:propose|hear|talk))/i,
  /\b(?:my|our) (?:team|colleagues|customers|engineers) (?:have |has |all )?(?:loved?|used?|uses|using|admires?|read|tried|follow(?:ed|s)?)\b/i,
  /\bwe(?:['’]ve| have)? (?:(?:really|just|recently|always|also|been|long) )*(?:loved|love|admired?|enjoyed|followed|following|tried|tested|using your|used your|been using)\b/i,
  /\b(?:congrat\w*|kudos|well done on|stumbled (?:up)?on|came across your|caught my (?:eye|attention)|great (?:work|job|post|article)|impressive (?:work|growth|product|team)|as we discussed|as discussed|following up on our (?:call|meeting|chat)|when we (?:met|spoke|talked))\b/i,
  /\bich (?:habe|nutze|verwende|verfolge|bewundere|liebe|bin (?:ein )?(?:großer )?(?:fan|begeistert|beeindruckt))(?=[^.?!\n]*\b(?:gelesen|genutzt|verwendet|verfolgt|ausprobiert|getestet|gesehen|ihre?\p{L}*|fan|begeistert|beeindruckt)\b)/iu,
  /\b(?:glückwunsch|gratuli\p{L}*|wie besprochen|bei unserem gespräch)/iu,
  /\bj[’'](?:ai (?:lu|vu|utilisé|testé|adoré|suivi|essayé|découvert)|adore|utilise|admire)\b|\b(?:félicitations|bravo pour|impressionné\p{L}*|comme convenu|lors de notre (?:appel|rencontre))/iu,
  /\b(?:he (?:leído|visto|usado|probado|seguido)|me (?:encanta|encantó|impresion\p{L}*)|leí su|uso su|felicidades|enhorabuena|como (?:hablamos|acordamos)|cuando nos (?:vimos|conocimos))/iu,
];

export function moneyPromises(text: string): string[] {
  return found(text, MONEY);
}

export function pretences(text: string): string[] {
  return found(text, PRETENCE);
}

function found(text: string, patterns: readonly RegExp[]): string[] {
  return [...new Set(patterns.flatMap((pattern) => pattern.exec(text)?.[0].trim() ?? []))];
}
