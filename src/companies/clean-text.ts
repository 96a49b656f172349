/** Characters that show nothing and can hide or reorder what is shown: zero-width space, soft hyphen, byte order mark, direction marks and overrides. */
const INVISIBLE = /[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g;

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
