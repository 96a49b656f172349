/** How mail programs introduce what they quote, at the begin of a line. `wrote` may stand on the next line, broken by the program. */
const INTRODUCTIONS: readonly RegExp[] = [
  /^on\b.{4,300}\bwrote\s*:$/i,
  /^.{0,120}<[^<>\s]+@[^<>\s]+>\s*wrote\s*:$/i,
  /^(am|on)\b.{4,300}\bschrieb\b.{0,200}:$/i,
  /^.{0,120}<[^<>\s]+@[^<>\s]+>\s*schrieb\b.{0,120}:$/i,
  /^le\b.{4,300}\ba [ée]crit\s*:$/i,
  /^el\b.{4,300}\bescribi[óo]\s*:$/i,
  /^il\b.{4,300}\bha scritto\s*:$/i,
  /^(em|no dia|a)\b.{4,300}\bescreveu\s*:$/i,
  /^op\b.{4,300}\bschreef\b.{0,200}:$/i,
  /^(den|d\.|på)?\s?.{4,300}\b(skrev|skrifaði)\b.{0,200}:$/i,
  /^.{4,200}\bkirjoitti\s*:$/i,
  /^(w dniu|dnia|.{4,120})\b.{0,200}\bnapisał(\(a\)|a)?\s*:$/i,
  /^(dne|.{4,120}).{0,200}\bnapsal(\(a\)|a)?\s*:$/i,
  /^.{4,300}\b(ezt írta|a scris|napísal|je napisao|je napisal|parašė|rakstīja|написа|έγραψε)\b.{0,120}:$/iu,
];

/** Lines that part the new from the old. */
const RULES: readonly RegExp[] = [
  /^-{2,}\s*(original message|original appointment|forwarded message|ursprüngliche nachricht|weitergeleitete nachricht|message d['’]origine|message transféré|mensaje original|mensaje reenviado|messaggio originale|mensagem original|oorspronkelijk bericht|ursprungligt meddelande|oprindelig meddelelse|alkuperäinen viesti|oryginalna wiadomość|původní zpráva)\s*-{2,}$/i,
  /^_{20,}$/,
  /^begin forwarded message:$/i,
];

/** The head of a quoted mail, as Outlook writes it: a sender's line and two more of its kind. */
const FROM_LINE = /^\**(from|von|de|da|van|fra|från|lähettäjä|od|feladó|від|от|από|no|nuo|saatja)\s?\**:\**\s?\S/i;
const HEAD_LINE =
  /^\**(sent|date|to|cc|subject|gesendet|datum|an|betreff|envoyé|à|objet|enviado|enviado el|para|asunto|inviato|data|a|oggetto|assunto|verzonden|aan|onderwerp|sendt|til|emne|skickat|till|ämne|lähetetty|vastaanottaja|aihe|wysłano|do|temat|odesláno|komu|předmět|elküldve|címzett|tárgy)\s?\**:\**/i;

/** A signature begins with this line. Source: RFC 3676, section 4.3. */
const SIGNATURE = /^-- ?$/;

/** The part somebody wrote now, and what is repeated of earlier mails. Both together hold every line of the mail. Lines with `>` are quoted
 *  wherever they stand: what is written between them is new. */
export function splitQuoted(mail: string): { text: string; quoted: string } {
  const lines = mail.replace(/\r\n?/g, '\n').split('\n');
  const text: string[] = [];
  const quoted: string[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (beginsOldMail(lines, at)) {
      // Below an introduction with quoted lines, something new may stand between or after them.
      const rest = lines.slice(at);
      const length = introductionLength(lines, at);
      if (length > 0 && isMarked(rest.slice(length))) {
        quoted.push(...rest.slice(0, length));
        at += length - 1;
        continue;
      }
      quoted.push(...rest);
      break;
    }
    if (/^\s*>/.test(line)) quoted.push(line);
    else text.push(line);
  }
  return { text: trimLines(text), quoted: trimLines(quoted) };
}

/** The new part without the signature: its words decide nothing. */
export function withoutSignature(text: string): string {
  const lines = text.split('\n');
  const at = lines.findIndex((line) => SIGNATURE.test(line));
  return at < 0 ? text : lines.slice(0, at).join('\n').trim();
}

function beginsOldMail(lines: readonly string[], at: number): boolean {
  const line = (lines[at] ?? '').trim();
  if (!line || line.length > 400) return false;
  if (introductionLength(lines, at) > 0 || RULES.some((rule) => rule.test(line))) return true;
  if (!FROM_LINE.test(line)) return false;
  const next = lines.slice(at + 1, at + 6).filter((following) => HEAD_LINE.test(following.trim()));
  return next.length >= 2;
}

/** Lines of the introduction that begins here: one, or two or three where it was broken; 0 for none. */
function introductionLength(lines: readonly string[], at: number): number {
  for (const length of [1, 2, 3]) {
    const part = lines.slice(at, at + length).map((line) => line.trim());
    if (part.length < length || part.some((line) => !line)) return 0;
    const words = part.join(' ');
    if (words.length > 500 || !/[\d@]/.test(words)) continue;
    if (INTRODUCTIONS.some((introduction) => introduction.test(words))) return length;
  }
  return 0;
}

/** Whether the quoted lines are marked: then the unmarked ones are new. */
function isMarked(rest: readonly string[]): boolean {
  const first = rest.find((line) => line.trim());
  return first !== undefined && /^\s*>/.test(first);
}

function trimLines(lines: readonly string[]): string {
  return lines
    .join('\n')
    .replace(/[^\S\n]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
