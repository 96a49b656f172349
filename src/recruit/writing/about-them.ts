import { THEM } from './hide-names.ts';
import type { Language } from './language.ts';
import { hasLoadedWord, statesOfThem } from './statements.ts';

/** How each language speaks to somebody, and proposes what might be. Written from general knowledge. */
const SIGNS: Record<Language, { you: RegExp; maybe: RegExp }> = {
  en: {
    you: /\b(?:you|your|yours)\b/i,
    maybe:
      /\b(?:would|could|might|may|(?:I|we|ours|this|that|it|Ourname) can|can (?:I|we)|if|whether|shall|should|let me|tell me|name any|please|thank|thanks|when a customer|idea|where \S+ fits?|need not|will send|will come back|don['’]t have to)\b/i,
  },
  de: {
    you: /\b(?:Sie|Ihnen|Ihre?[mnrs]?)\b/,
    maybe: /(?:würde|könnte|hätte|wäre|möchte|dürfte|müsste|sollte|darf|wenn|falls|\bob\b|dank|bitte|sagen Sie|nennen Sie|Idee|verstehe)/iu,
  },
  fr: {
    you: /\b(?:vous|votre|vos)\b/i,
    maybe:
      /(?:\p{L}+r(?:ait|aient|iez|ais|ions)\b|\bsi\b|pourr|puis-je|merci|remercie|dites-moi|donnez-moi|quand un|idée|voulez|\bquand\b)/iu,
  },
  es: {
    you: /\b(?:usted|ustedes|su|sus|suy[oa]s?)\b/i,
    maybe: /(?:\p{L}+ría(?:n|mos)?\b|\bsi\b|podr|puedo|gracias|dígame|cuando|idea|fuera)/iu,
  },
};

/** First words that speak of us, or of what we wrote. */
const OURS =
  /^(?:(?:and|but|so)\s+)?(?:I|we|our|my|ich|wir|unsere?|mein|je|j[’']|nous|notre|mon|yo|nosotros|nuestr\p{L}+|mi|soy|somos|le escribo|lo que hacemos|was wir|ce que nous|what we|who buys|qui l|quién lo|wer es|one last note|eine letzte zeile|es ging um|in meiner letzten nachricht|un dernier mot|una última línea)(?![\p{L}])/iu;
const CLOSING =
  /^(?:(?:best|kind|warm|many)? ?regards|yours(?: (?:sincerely|truly|faithfully))?|sincerely|cheers|all the best|(?:freundliche|herzliche|viele|beste|liebe) grüße|mit freundlichen grüßen|cordialement|bien à vous|avec mes salutations distinguées|un saludo(?: cordial)?|saludos|atentamente)[,.!]?$/iu;
const GREETING =
  /^(?:hello|hi|dear|good (?:morning|day)|guten tag|hallo|sehr geehrte\S*|liebe[rs]?|bonjour|madame|hola|buenos días|estimad\S*)\b[^.?!]{0,120}[,:!]?$/iu;

/** How we understand an answer of theirs, for them to correct: whether they want it, not what they are. */
const UNDERSTOOD =
  /^(?:as I understand it, (?:you (?:would|want|prefer|are (?:away|out|busy|on leave|(?:not )?interested))|this|that|it|now|some(?:body|one))|ich verstehe (?:Sie|es) so, dass (?:Sie (?:gern|gerade|jetzt|kein)|das nichts für Sie|das|jetzt|sich)|si (?:je|nous) compren\p{L}+ bien, (?:vous (?:aimeriez|préféreriez|êtes absente?s?)|ce|quelqu)|si (?:le|lo) (?:entiendo|entendemos) bien, (?:le gustaría|ahora|esto|de esto))(?!\p{L})/iu;

/** Whether a sentence, in which names are hidden, states something of the company: it says how things are with them, or names them or speaks
 *  to them and neither asks nor proposes what might be. Errs towards yes. */
export function aboutThem(sentence: string, language: Language): boolean {
  const { you, maybe } = SIGNS[language];
  const spoken = sentence.trim().replace(UNDERSTOOD, '');
  if (GREETING.test(spoken) || CLOSING.test(spoken)) return false;
  const isOfThem = you.test(spoken) || spoken.includes(THEM);
  if (statesOfThem(spoken, language) || (isOfThem && hasLoadedWord(spoken, language))) return true;
  if (spoken !== sentence.trim() || /\?[”»"]?$/.test(spoken) || maybe.test(spoken) || OURS.test(spoken)) return false;
  return isOfThem;
}
