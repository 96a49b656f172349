import { registrableDomain } from '../companies/domain-name.ts';

/** Whatever a mail program could make a link of: web addresses, bare domains, mail addresses. */
const CANDIDATE = /(?:[a-z][a-z0-9+.-]*:\/\/|www\.)[^\s<>"“”„«»]+|[^\s<>"“”„«»()@]+@[^\s<>"“”„«»()@]+\.[a-z]{2,}|(?<![\p{L}\p{N}@])(?:[\p{L}\p{N}-]+\.)+\p{L}{2,24}(?![\p{L}\p{N}])/giu;

/** Web and mail addresses in a text, as they stand there, each with its registrable domain; null where it has none. */
export function addressesIn(text: string): { text: string; domain: string | null }[] {
  return [...text.matchAll(CANDIDATE)].flatMap(([found]) => {
    const address = found.replace(/[.,;:!?’')\]]+$/, '');
    const host = address.replace(/^.*@/, '');
    const read = registrableDomain(host);
    const domain = 'domain' in read ? read.domain : null;
    // “Node.js” is no address: nothing can be reached there.
    return domain || /^[a-z][a-z0-9+.-]*:\/\/|^www\.|@/i.test(address) ? [{ text: address, domain }] : [];
  });
}
