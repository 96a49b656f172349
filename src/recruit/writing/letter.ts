import type { Evidence } from '../../discover/fit/fit.ts';
import { sentencesOf } from '../../platform/sentences.ts';
import type { Claim, Letter, Sentence, SentenceKind } from './writing.ts';

/** Sentences of one group stand in one paragraph. */
const GROUPS: Record<SentenceKind, number> = {
  greeting: 0,
  'their-fact': 1,
  'their-reply': 1,
  'our-earlier': 1,
  'our-fact': 2,
  proposal: 3,
  question: 4,
  closing: 5,
};

/** The text as it leaves, without the footer: a new paragraph wherever it turns to something else. */
export function bodyOf(sentences: readonly Sentence[]): string {
  return sentences
    .map(({ text, kind }, index) => {
      const before = sentences[index - 1];
      if (!before) return text;
      return (GROUPS[before.kind] === GROUPS[kind] ? ' ' : '\n\n') + text;
    })
    .join('');
}

/** What a letter says by facts about them, each with the stored evidence; `facts` by their ids. */
export function claimsOf(sentences: readonly Sentence[], facts: Readonly<Record<string, Evidence>>): Claim[] {
  return sentences.flatMap(({ text, from }) => {
    const evidence = from.flatMap((id) => facts[id] ?? []);
    return evidence.length > 0 ? [{ text, evidence }] : [];
  });
}

/** A text that a person has changed, as a letter again: what still stands keeps its facts, and what they wrote themselves rests on their word. */
export function letterOf(
  { subject, body, english, claims }: { subject: string; body: string; english: string; claims: readonly Claim[] },
  facts: Readonly<Record<string, Evidence>>,
): Letter {
  const marked = claims.reduce((left, { text }, index) => left.replace(text, `\n\ue000${index}\n`), body);
  const sentences = sentencesOf(marked).map((text, index, all): Sentence => {
    const claim = text.startsWith('\ue000') ? claims[Number(text.slice(1))] : undefined;
    if (claim) return { text: claim.text, kind: 'their-fact', from: idsOf(claim, facts) };
    if (index === 0 && /[,:!]$/.test(text)) return { text, kind: 'greeting', from: [] };
    if (index === all.length - 1 && !/[.!?…]$/.test(text)) return { text, kind: 'closing', from: [] };
    return { text, kind: text.includes('?') ? 'question' : 'proposal', from: [] };
  });
  return { subject, sentences: sentences.filter(({ text }) => text), english };
}

/** The facts that these claims rest on, by their ids. */
export function factsUsed(claims: readonly Claim[], facts: Readonly<Record<string, Evidence>>): string[] {
  return [...new Set(claims.flatMap((claim) => idsOf(claim, facts)))];
}

function idsOf({ evidence }: Claim, facts: Readonly<Record<string, Evidence>>): string[] {
  return Object.entries(facts).flatMap(([id, { field, value }]) =>
    evidence.some((fact) => fact.field === field && fact.value === value) ? [id] : [],
  );
}
