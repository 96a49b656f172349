import { THEM } from './hide-names.ts';
import type { Language } from './language.ts';

/** How each language speaks to somebody, proposes what might be, and opens a letter. Written from general knowledge. */
const SIGNS: Record<Language, { you: RegExp; maybe: RegExp; youAre: RegExp }> = {
  en: {
    you: /\b(?:you|your|yours)\b/i,
    maybe:
      /\b(?:would|could|might|may|can|if|whether|shall|should|let me|tell me|name any|please|thank|thanks|when a customer|idea|where \S+ fits?|need not|will send|will come back|don['’]t have to)\b/i,
    youAre:
      /\b(?:that|because|since|as|how|know|knowing|saw|see|seen|noticed|heard|given|while|like)\b[^.?!]{0,30}\byou(?:r|rs)?\b[^.?!]{0,40}\b(?:are|have|has|is|run|serve|sell|work|offer|make|use|grew|grow|lead|won|raised|built|build|do|help|operate|employ)\b/i,
  },
  de: {
    you: /\b(?:Sie|Ihnen|Ihre?[mnrs]?)\b/,
    maybe: /(?:würde|könnte|hätte|wäre|möchte|dürfte|müsste|sollte|darf|wenn|falls|\bob\b|dank|bitte|sagen Sie|nennen Sie|Idee|verstehe)/iu,
    youAre:
      /\b(?:dass|weil|da|wie|denn)\b[^.?!]{0,60}\b(?:Sie|Ihre?[mnrs]?)\b[^.?!]{0,60}\b(?:sind|haben|hat|ist|betreiben|verkaufen|arbeiten|bieten|führen)\b/u,
  },
  fr: {
    you: /\b(?:vous|votre|vos)\b/i,
    maybe:
      /(?:\p{L}+r(?:ait|aient|iez|ais|ions)\b|\bsi\b|pourr|puis-je|merci|remercie|dites-moi|donnez-moi|quand un|idée|voulez|\bquand\b)/iu,
    youAre: /\b(?:que|parce que|puisque|comme)\b[^.?!]{0,40}\bvous (?:êtes|avez|vendez|travaillez|offrez|dirigez|utilisez)\b/iu,
  },
  es: {
    you: /\b(?:usted|ustedes|su|sus|suy[oa]s?)\b/i,
    maybe: /(?:\p{L}+ría(?:n|mos)?\b|\bsi\b|podr|puedo|gracias|dígame|cuando|idea|fuera|que)/iu,
    youAre: /\b(?:porque|ya que|como|sé que|veo que)\b[^.?!]{0,40}\b(?:ustedes? )?(?:tienen?|son|venden?|trabajan?|ofrecen?|usan?)\b/iu,
  },
};

/** First words that speak of us, or of what we wrote. */
const OURS =
  /^(?:(?:and|but|so)\s+)?(?:I|we|our|my|ich|wir|unsere?|mein|je|j[’']|nous|notre|mon|yo|nosotros|nuestr\p{L}+|mi|soy|somos|le escribo|lo que hacemos|was wir|ce que nous|what we|who buys|qui l|quién lo|wer es|one last note|eine letzte zeile|es ging um|in meiner letzten nachricht|un dernier mot|una última línea)(?![\p{L}])/iu;
const CLOSING =
  /^(?:(?:best|kind|warm|many)? ?regards|yours(?: (?:sincerely|truly|faithfully))?|sincerely|cheers|all the best|(?:freundliche|herzliche|viele|beste|liebe) grüße|mit freundlichen grüßen|cordialement|bien à vous|avec mes salutations distinguées|un saludo(?: cordial)?|saludos|atentamente)[,.!]?$/iu;
const GREETING =
  /^(?:hello|hi|dear|good (?:morning|day)|guten tag|hallo|sehr geehrte\S*|liebe[rs]?|bonjour|madame|hola|buenos días|estimad\S*)\b[^.?!]{0,120}[,:!]?$/iu;

/** How we understand an answer of theirs, for them to correct. */
const UNDERSTOOD = /^(?:as I understand it|ich verstehe|si je comprends|si (?:le|lo) entiendo)/iu;

/** Whether a sentence, in which names are hidden, states something of the company: it names them or speaks to them, and neither asks nor
 *  proposes what might be. Errs towards yes. */
export function aboutThem(sentence: string, language: Language): boolean {
  const { you, maybe, youAre } = SIGNS[language];
  const spoken = sentence.trim();
  if (GREETING.test(spoken) || CLOSING.test(spoken) || UNDERSTOOD.test(spoken)) return false;
  if (youAre.test(spoken)) return true;
  if (/\?[”»"]?$/.test(spoken) || maybe.test(spoken) || OURS.test(spoken)) return false;
  return you.test(spoken) || spoken.includes(THEM);
}
