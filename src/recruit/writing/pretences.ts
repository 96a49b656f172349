/** Having read, used or admired something: nobody did. */
const PRETENCE = [
  /\bI(?:['’]ve| have| am|['’]m)? (?:(?:really|truly|just|recently|always|also|been|personally|long) )*(?:loved|love|enjoyed|admired?|read|reading|followed|following|used|using|tried|trying|tested|watched|studied|listened|met|visited|impressed|a (?:big |huge |long-?time )?fan)\b(?! to (?:propose|hear|talk))/i,
  /\b(?:my|our) (?:team|colleagues|customers|engineers) (?:have |has |all )?(?:love[ds]?|used?|uses|using|admires?|read|tried|follow(?:ed|s)?)\b/i,
  /\bwe(?:['’]ve| have)? (?:(?:really|just|recently|always|also|been|long) )*(?:loved|love|admired?|enjoyed|followed|following|tried|tested|using your|used your|been using)\b/i,
  /\b(?:congrat\w*|kudos|well done on|stumbled (?:up)?on|came across your|caught my (?:eye|attention)|great (?:work|job|post|article)|impressive (?:work|growth|product|team)|as we discussed|as discussed|following up on our (?:call|meeting|chat)|when we (?:met|spoke|talked))\b/i,
  /\bich (?:habe|nutze|verwende|verfolge|bewundere|liebe|bin (?:ein )?(?:großer )?(?:fan|begeistert|beeindruckt))(?=[^.?!\n]*\b(?:gelesen|genutzt|verwendet|verfolgt|ausprobiert|getestet|gesehen|ihre?\p{L}*|fan|begeistert|beeindruckt)\b)/iu,
  /\b(?:glückwunsch|gratuli\p{L}*|wie besprochen|bei unserem gespräch)/iu,
  /\bj[’'](?:ai (?:lu|vu|utilisé|testé|adoré|suivi|essayé|découvert)|adore|utilise|admire)\b|\b(?:félicitations|bravo pour|impressionné\p{L}*|comme convenu|lors de notre (?:appel|rencontre))/iu,
  /\b(?:he (?:leído|visto|usado|probado|seguido)|me (?:encanta|encantó|impresion\p{L}*)|leí su|uso su|felicidades|enhorabuena|como (?:hablamos|acordamos)|cuando nos (?:vimos|conocimos))/iu,
];

export function pretences(text: string): string[] {
  return [...new Set(PRETENCE.flatMap((pattern) => pattern.exec(text)?.[0].trim() ?? []))];
}
