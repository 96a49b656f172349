/** What a line of a mail's head may hold: names and subjects that leave exactly as they were typed and read. */

export const ONE_LINE = 'Use one line';
export const CODED = 'Mail programs show “=?…?=” as other letters than you typed: take it out';

/** CR or LF would add a line to the head. */
export function isOneLine(text: string): boolean {
  return !/[\r\n]/.test(text);
}

/** Whether mail programs would decode a part of the text, an encoded word such as `=?utf-8?q?=41?=`, so that its reader sees something else than
 *  who approved it. Wider than the grammar, as mail programs are. Source: RFC 2047, section 2. */
export function holdsEncodedWord(text: string): boolean {
  const start = text.indexOf('=?');
  return start >= 0 && text.includes('?=', start + 2);
}
