import { isOrder } from '../../programme/companies/clean-text.ts';
import { addressesIn } from './addresses.ts';
import type { Fault } from './fault.ts';
import { bareWords } from './plain-words.ts';
import { isQuoteOf, quotesIn } from './quotable.ts';
import type { Read } from './read-letter.ts';
import type { Grounds, SentenceKind } from './writing.ts';

/** Grounds by whose they are. What they answered is theirs to rest on too, and what we wrote before is ours. */
const SIDE = { theirs: /^(?:f\d+|reply)$/, ours: /^(?:setup\.|earlier$)/, reply: /^reply$/, earlier: /^earlier$/ } as const;
const NEEDS: Partial<Record<SentenceKind, RegExp>> = {
  'their-fact': SIDE.theirs,
  'our-fact': SIDE.ours,
  'their-reply': SIDE.reply,
  'our-earlier': SIDE.earlier,
};

/** Grounds that are not there, are missing or belong to the other side; and a first message that could go to anybody. */
export function groundFaults({ sentences }: Read, { texts, kind, hasFact }: Grounds): Fault[] {
  const faults = sentences.flatMap(({ text, kind, from }, sentence): Fault[] => {
    const unknown = from.filter((id) => !(id in texts)).map((id): Fault => ({ code: 'ground-unknown', sentence, said: id }));
    const needed = NEEDS[kind];
    if (!needed || from.some((id) => needed.test(id))) return unknown;
    return [...unknown, { code: from.length === 0 ? 'ground-missing' : 'ground-crosswise', sentence, said: text }];
  });
  const usesFact = sentences.some(({ from }) => from.some((id) => /^f\d+$/.test(id)));
  return kind === 'first' && hasFact && !usesFact ? [...faults, { code: 'no-fact-of-theirs', sentence: null, said: '' }] : faults;
}

/** What a statement has in quotation marks stands in the data, a word or two of ours excepted, which may be meant with a wink. */
export function quoteFaults({ sentences }: Read, grounds: Grounds): Fault[] {
  const known = [...Object.values(grounds.texts), ...grounds.wording, ...grounds.us.names, ...grounds.them.names];
  return sentences.flatMap(({ text, kind }, sentence) =>
    (NEEDS[kind] ? quotesIn(text) : [])
      .filter((quote) => bareWords(quote) !== '' && !isQuoteOf(quote, known) && (kind === 'their-fact' || quote.split(/\s+/).length > 2))
      .map((said): Fault => ({ code: 'quote-unknown', sentence, said })),
  );
}

/** What is left to fill in, in brackets or braces that the data does not have. */
const BLANK = /\{\{[^}\n]*\}\}?|\[[^\]\n]{1,60}\]|\{[^}\n]{1,60}\}|<[\p{L}_ ]{2,40}>|%[\p{L}_]{3,30}%|_{3,}|\bX{3,}\b/gu;

export function placeholderFaults(parts: readonly { text: string; sentence: number | null }[], { texts, wording }: Grounds): Fault[] {
  const known = [...Object.values(texts), ...wording].join('\n');
  return parts.flatMap(({ text, sentence }) =>
    [...text.matchAll(BLANK)].filter(([blank]) => !known.includes(blank)).map(([said]): Fault => ({ code: 'placeholder', sentence, said })),
  );
}

/** Orders to a reader that stand in somebody’s text. */
export function orderFaults({ sentences }: Read, { texts, wording }: Grounds): Fault[] {
  const ours = [...Object.entries(texts).flatMap(([id, text]) => (SIDE.ours.test(id) ? [text] : [])), ...wording];
  if (ours.some(isOrder)) return [];
  return sentences.flatMap(({ spoken, text }, sentence): Fault[] => {
    const parts = [spoken, ...quotesIn(text)];
    return parts.some(isOrder) ? [{ code: 'order', sentence, said: text }] : [];
  });
}

/** Addresses of others than the two sides. “Apollo.io” may be what a company is called. */
export function addressFaults(parts: readonly { text: string; sentence: number | null }[], { us, them, texts, wording }: Grounds): Fault[] {
  const domains = new Set([...us.domains, ...them.domains].filter(Boolean).map((domain) => domain.toLowerCase()));
  const known = [...us.names, ...them.names, ...Object.values(texts), ...wording].map((text) => text.toLowerCase());
  return parts.flatMap(({ text, sentence }) =>
    addressesIn(text)
      .filter(
        ({ text: address, domain }) => !(domain && domains.has(domain)) && !known.some((name) => name.includes(address.toLowerCase())),
      )
      .map(({ text: said }): Fault => ({ code: 'address', sentence, said })),
  );
}
