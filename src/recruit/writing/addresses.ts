import { registrableDomain } from '../../programme/companies/domain-name.ts';

/** Whatever a mail program could make a link of: web addresses, mail addresses, bare domains. */
const CANDIDATE =
  /[a-z][a-z0-9+.-]*:\/\/\S+|www\.\S+|[^\s@]+@[^\s@]+\.\p{L}{2,24}|(?<![\p{L}\p{N}@-])(?:[\p{L}\p{N}-]+\.)+\p{L}{2,24}(?![\p{L}\p{N}])/giu;
/** A word this long is cut: no address is that long before its path. */
const LONGEST = 300;

/** Web and mail addresses in a text, in plain letters, each with its registrable domain; null where it has none. */
export function addressesIn(text: string): { text: string; domain: string | null }[] {
  return plainLetters(text)
    .split(/[\s<>"“”„«»()]+/)
    .filter((word) => /\p{L}/u.test(word) && /[.@:]\S/.test(word))
    .flatMap((word) => [...word.slice(0, LONGEST).matchAll(CANDIDATE)])
    .flatMap(([found]) => {
      const address = found.replace(/[.,;:!?’')\]]+$/, '');
      const read = registrableDomain(address.replace(/^[^/]*@/, ''));
      const domain = 'domain' in read ? read.domain : null;
      // “Node.js” is no address: nothing can be reached there.
      return domain || /^[a-z][a-z0-9+.-]*:\/\/|^www\.|@/i.test(address) ? [{ text: address, domain }] : [];
    });
}

/** Full-width letters and the full stops of other scripts, of which browsers make plain ones, as browsers read them; without what shows
 *  nothing. */
function plainLetters(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[。｡․]/g, '.')
    .replace(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, '');
}
