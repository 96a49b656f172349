const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  rsquo: '’',
  lsquo: '‘',
  mdash: '–',
  ndash: '–',
  hellip: '…',
};

/** Text as people read it: entities as characters, no tags, no marks of Markdown. */
export function asRead(text: string): string {
  return text
    .replace(/&(?:#(\d{1,6})|#x([\da-f]{1,6})|([a-z]{2,6}));/gi, (whole, decimal, hex, name) => {
      const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : 0;
      if (code > 31 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)) return String.fromCodePoint(code);
      return name ? (ENTITIES[String(name).toLowerCase()] ?? whole) : ' ';
    })
    .replace(/<\/?[a-z][^<>]{0,200}>/gi, ' ')
    .replace(/!?\[([^\]]{1,200})\]\([^)\s]{1,500}\)/g, '$1')
    .replace(/(\*\*|__|`{1,3}|^#{1,6}\s|(?<=\s)#{2,6}\s)/g, '');
}

/** Without emojis, dingbats and the signs that join them: mail programs show them as anything. */
export function withoutPictures(text: string): string {
  return text
    .replace(/(?:\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}|[\u200d\ufe0e\ufe0f\u20e3])/gu, (sign) =>
      /[©®™]/.test(sign) ? '' : ' ',
    )
    .replace(/ {2,}/g, ' ');
}

/** Letters and digits in lower case with single spaces: what is left when two texts are held against each other. */
export function bareWords(text: string): string {
  return withoutPictures(asRead(text))
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ')
    .trim();
}
