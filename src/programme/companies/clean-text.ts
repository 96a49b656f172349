import { sentencesOf } from '../../platform/sentences.ts';

/** Characters that show nothing and can hide or reorder what is shown: zero-width space, soft hyphen, byte order mark, direction marks and
 *  overrides, invisible operators, blank fillers, and the tags in which whole sentences can be written unseen. */
const INVISIBLE =
  /[\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\u3164\ufeff\uffa0\u{e0000}-\u{e007f}]/gu;

/** Text from outside on one line: no control or invisible characters, no half surrogate pairs, single spaces, trimmed, NFC. */
export function cleanText(text: string): string {
  return text
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(INVISIBLE, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .normalize('NFC');
}

/** At most `max` UTF-16 units, never half a character; `cut` says whether something is missing. */
export function shortenText(text: string, max: number): { text: string; cut: boolean } {
  if (text.length <= max) return { text, cut: false };
  const kept = text.slice(0, max).replace(/[\ud800-\udbff]$/, '');
  return { text: kept.trim(), cut: true };
}

/** Quotation marks as keyboards, Slack and phones write them; what opens double closes double. */
const QUOTED = /^(?:["“”„‟«»](.+?)["“”‟«»]|['‘’‚‹›](.+?)['‘’‹›])(?![\p{L}\p{N}])\s*(.*)$/su;

/** A name that may stand in quotation marks, and what was written behind them. Without both marks, all of it is the name. */
export function readQuoted(text: string): { name: string; rest: string } {
  const typed = text.trim();
  const [, double, single, rest = ''] = QUOTED.exec(typed) ?? [];
  const name = (double ?? single)?.trim();
  return name ? { name, rest: rest.trim() } : { name: typed.replace(/^["“”„‟«»]\s*/, ''), rest: '' };
}

/** Where a whole field is one name. */
export function unquoted(text: string): string {
  const { name, rest } = readQuoted(text);
  return rest === '' ? name : text.trim();
}

/** Sentences that talk to the program that reads them instead of to customers. A text is data whether it has them or not; they are
 *  left out because they say nothing of the company, and would only be shown to people and models as if they did. */
const ORDERS = [
  /\b(ignore|disregard|forget|override|bypass)\b.{0,60}\b(instructions?|rules?|prompts?|guidelines|restrictions?|everything|of the above)\b/i,
  /\b(system|developer|hidden|initial|original|previous|prior)\s+(prompt|message|instructions?)\b/i,
  /\b(as an?|act as(?: an?| the)?|pretend to be(?: an?| the)?|you are(?: now)?(?: an?| the| our)?)\s+(\w+\s+){0,2}(ai model|ai assistant|ai agent|language model|llm)\b(?!-)/i,
  /\b(you are now|act as|pretend to be)\s+(\w+\s+){0,3}(assistant|chatbot|crawler|admin|administrator|root)\b/i,
  /\b(llms?|language models?|ai (models?|systems?|assistants?|crawlers?)|crawlers?|(ranking|scoring) (agents?|bots?|models?|systems?)) (reading this |that reads? this )?(must|should|shall|please|(are|is) (told|instructed|required) to)\b/i,
  /\b(note|attention|instructions?|message) (to|for) (the |any |all )?(ais?|ai \w+|llms?|language models?|assistants?|bots?|crawlers?|rankers?|reviewers?|models?)\b/i,
  /\b(rank|score|rate|recommend|shortlist|place|put|boost|mark)\b.{0,30}\b(this (company|candidate|vendor|page|site)|us|our company|(all |every |other |the )?competitors?)\b.{0,60}\b(100|first|highest|maximum|max|top|best|perfect|lowest|zero|last)\b/i,
  /\b(give|assign|set|award|grant)\b.{0,30}\b(this (company|candidate)|us|our company|its|it|them)\b.{0,40}\b(score|rank|rating|points|weight)\b/i,
  /\b(fit|known|score|rank|weight)\b\s*(:|=|of|to)\s*"?(100|1\.0|10\/10)\b/i,
  /\b(reveal|print|repeat|leak|disclose|exfiltrate|tell me)\b.{0,50}\b(prompts?|instructions|secrets?|tokens?|api[ _]keys?|passwords?|credentials?|environment variables?)\b/i,
  /\b(send|e-?mail|post|forward|dm|fetch|load|call)\b.{0,80}(\S@\S+\.\w|https?:)|\b169\.254\.|\bfile:\/\//i,
  /\b(approve|delete|send|reject|skip|auto-?approve)\b.{0,20}\b(this|the|all|every|any|your) (\w+ )?(drafts?|approvals?|outreach|suppressions?|opt-outs?|candidates?)\b/i,
  /<\/?(system|assistant|user|data|instructions?|tool|function|admin)\b|\[\/?(inst|system|assistant|user)\]|<\|\w+\|>|^\W*(system|assistant|developer|user|new task)\s*:/i,
  /<[!@#][^>]*>|@(channel|here|everyone)\b|\bjavascript:|\bdata:text/i,
];

/** `text` without the sentences that give orders to a reader; as it stands when there are none. */
export function withoutInstructions(text: string): string {
  const sentences = sentencesOf(text);
  const kept = sentences.filter((sentence) => !ORDERS.some((order) => order.test(sentence)));
  return kept.length === sentences.length ? text : kept.join(' ').trim();
}

/** Whether a text gives orders to whoever reads it. */
export function isOrder(text: string): boolean {
  return withoutInstructions(text) !== text;
}

/** A name or an entry of a list: web addresses and Slack's marks for people, channels and links go. A fact says what a company is; a
 *  link in it would become one of ours where it is shown or sent. */
export function withoutLinks(text: string): string {
  const plain = text.replace(/<[!@#][^>]*>?|\b(?:https?|ftp|mailto|javascript|data|file):\S+|\bwww\.\S+/gi, '');
  return plain === text ? text : plain.replace(/ {2,}/g, ' ').trim();
}
