import type { FactName } from '../../programme/companies/company.ts';
import type { Phrase } from './finding.ts';
import type { Candidate, Evidence } from './fit.ts';
import type { Proof } from './judgement.ts';
import { TEXT_FIELDS } from './read-company.ts';

const LONGEST_QUOTE = 140;

/** The text of a fact as the phrase places count in it: a list has one item a line. */
export function factText(candidate: Candidate, field: FactName): string {
  const fact = candidate[field];
  return Array.isArray(fact) ? fact.join('\n') : String(fact ?? '');
}

/** The phrase as the company writes it, with the fact it stands in. */
export function phraseOf(candidate: Candidate, { field, at }: Proof): Phrase {
  return { field, words: at && factText(candidate, field).slice(at.from, at.to) };
}

/** One piece of evidence for each field, quoted around its first proof, with the field's own origin. */
export function evidenceOf(candidate: Candidate, proofs: readonly Proof[]): Evidence[] {
  const fields = [...new Set(proofs.map(({ field }) => field))];
  return fields.map((field) => {
    const { source, at } = candidate.origins[field] ?? candidate.origin;
    return { field, value: quoteOf(candidate, field, proofs.find((proof) => proof.field === field)?.at ?? null), source, at };
  });
}

/** The fact, a long one cut around the place. */
export function quoteOf(candidate: Candidate, field: FactName, at: Proof['at']): string {
  const text = factText(candidate, field);
  if (!at) return TEXT_FIELDS.some((known) => known === field) ? cutAround(text, 0, 0) : text.replaceAll('\n', '; ');
  if (!Array.isArray(candidate[field])) return cutAround(text, at.from, at.to);
  const start = text.lastIndexOf('\n', at.from - 1) + 1;
  const end = text.indexOf('\n', at.to);
  return cutAround(text.slice(start, end < 0 ? text.length : end), 0, 0);
}

/** At most `LONGEST_QUOTE` characters of the text with `from`–`to` in the middle, cut between words where there are any. */
function cutAround(text: string, from: number, to: number): string {
  if (text.length <= LONGEST_QUOTE) return text.replaceAll('\n', '; ');
  const room = Math.max(0, LONGEST_QUOTE - (to - from));
  const first = Math.min(Math.max(0, from - Math.floor(room / 2)), text.length - LONGEST_QUOTE);
  const last = first + LONGEST_QUOTE;
  const head = first === 0 ? 0 : text.slice(0, from).indexOf(' ', first) + 1 || first;
  const space = last >= text.length ? text.length : text.lastIndexOf(' ', last);
  const tail = space < to || space <= head ? last : space;
  const kept = text.slice(head, tail).replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
  return `${head > 0 ? '…' : ''}${kept.replaceAll('\n', '; ')}${tail < text.length ? '…' : ''}`;
}
