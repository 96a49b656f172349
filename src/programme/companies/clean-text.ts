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
