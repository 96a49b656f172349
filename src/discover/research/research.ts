import { z } from 'zod';
import { CompanyFacts, Origin } from '../../programme/companies/company.ts';
import { PartnerType } from '../../programme/setup/programme.ts';

/** A company as the pages describe it, ready to be merged: every fact has a page in `origin` or `origins`. */
export const FoundCompany = z.object({
  domain: z.string(),
  facts: CompanyFacts,
  origin: Origin,
  origins: z.partialRecord(CompanyFacts.keyof(), Origin),
  /** What it could be, why, and the words of the page at `url` that show it; absent when none were found. */
  partner: z.object({ type: PartnerType, why: z.string(), quote: z.string(), url: z.string() }).optional(),
});
export type FoundCompany = z.infer<typeof FoundCompany>;

export const STEP_STATUSES = ['waiting', 'asking', 'answered', 'done', 'failed'] as const;

/** One question to the model. The first of a run plans the searches, each other one is a search. What was answered is kept before it
 *  is used, so that nothing paid for is asked twice. */
export const ResearchStep = z.object({
  kind: z.enum(['plan', 'search']),
  query: z.string(),
  status: z.enum(STEP_STATUSES),
  attempts: z.number().int(),
  claimedAt: z.date().nullable(),
  answeredAt: z.date().nullable(),
  companies: z.array(FoundCompany),
  /** Companies that were new to the workspace. */
  added: z.number().int(),
  /** Facts and companies left out because no page that could be read says so. */
  dropped: z.number().int(),
});
export type ResearchStep = z.infer<typeof ResearchStep>;

/** `stopped`: the budget was used up. */
export const RESEARCH_STATUSES = ['running', 'done', 'stopped', 'cancelled', 'failed'] as const;
export const ResearchStatus = z.enum(RESEARCH_STATUSES);
export type ResearchStatus = z.infer<typeof ResearchStatus>;

/** What was or may be used. `microUsd` is millionths of a US dollar, the model's price list being in dollars. */
export const Amount = z.object({ searches: z.number().int(), tokens: z.number().int(), microUsd: z.number().int() });
export type Amount = z.infer<typeof Amount>;

/** Why a run ended before its time, or what it waits for; `blocks/discover/research-card.ts` has a sentence for each that is shown. */
export const RESEARCH_NOTES = [
  'busy-too-long',
  'model-gone',
  'no-usable-answer',
  'day-budget-used',
  'run-budget-used',
  'model-busy',
  'gave-way',
  'paused',
] as const;
export type ResearchNote = (typeof RESEARCH_NOTES)[number];

/** A standing run that ended for one of these may be taken up again the same day; nobody is shown it. */
export const BROKEN_OFF = ['gave-way', 'paused'] as const satisfies ResearchNote[];
export type BrokenOff = (typeof BROKEN_OFF)[number];

export function isBrokenOff(code: string | undefined): code is BrokenOff {
  return BROKEN_OFF.some((known) => known === code);
}

/** A stored note; before notes were codes it was a sentence, empty for none. */
export function researchNoteFrom(stored: string | null): { code: ResearchNote } | { code: 'as-written'; sentence: string } | null {
  if (!stored) return null;
  const code = RESEARCH_NOTES.find((known) => known === stored);
  return code ? { code } : { code: 'as-written', sentence: stored };
}

/** What a standing run looks for: types of partner, where the company sells, in its own words. */
export const ResearchWanted = z.object({ types: z.array(PartnerType), regions: z.string() });
export type ResearchWanted = z.infer<typeof ResearchWanted>;

/** One run of the research agent for a workspace. */
export const Research = z.object({
  id: z.string(),
  workspaceId: z.string(),
  /** What somebody asked for; empty where `wanted` says it. */
  words: z.string(),
  wanted: ResearchWanted.optional(),
  by: z.string(),
  status: ResearchStatus,
  note: z.string().nullable().transform(researchNoteFrom),
  /** The model's endpoint asked to be left alone until then. */
  notBefore: z.date().nullable(),
  steps: z.array(ResearchStep).min(1),
  spent: Amount,
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type Research = z.infer<typeof Research>;

/** Who a standing run was started by: nobody asked for it. */
export const SCHEDULE = 'schedule';

export function isStanding({ by }: Pick<Research, 'by'>): boolean {
  return by === SCHEDULE;
}

/** A standing run shows itself once, when it has come to its end. */
export function isUnseen(research: Pick<Research, 'by' | 'status' | 'note'>): boolean {
  const { status, note } = research;
  return isStanding(research) && (status === 'running' || isBrokenOff(note?.code));
}

/** Searches of one run. */
export const MOST_SEARCHES = 6;
/** A question is asked again after a failure, this many times in all. */
export const ATTEMPTS = 3;
/** A question that takes longer is given up. */
export const QUESTION_MS = 90_000;
/** Then the pages of its answer are read; what is not read by then counts as unread. */
export const CHECK_MS = 20_000;
/** Whoever has not come back with an answer by then is taken for dead. */
export const LOST_MS = 1.2 * (QUESTION_MS + CHECK_MS);

export function aStep(kind: ResearchStep['kind'], query: string): ResearchStep {
  return { kind, query, status: 'waiting', attempts: 0, claimedAt: null, answeredAt: null, companies: [], added: 0, dropped: 0 };
}

/** The step that is next, or is being asked now; undefined when all are through. */
export function openStep({ steps }: Research): { step: ResearchStep; index: number } | undefined {
  const index = steps.findIndex(({ status }) => status !== 'done' && status !== 'failed');
  const step = steps[index];
  return step && { step, index };
}

/** What one question used, as the model's endpoint reports it. */
export type Usage = { searches: number; inputTokens: number; outputTokens: number };

/** US dollars: for a million tokens in, a million out, and a thousand searches. */
export type Prices = { input: number; output: number; searches: number };

export const NOTHING: Amount = { searches: 0, tokens: 0, microUsd: 0 };

/** One run ends when any of these is used up. */
export const PER_RUN: Amount = { searches: 16, tokens: 400_000, microUsd: 600_000 };
/** All runs of a workspace on one day (UTC); the money is a setting, in US dollars. */
export function mostPerDay(usd: number): Amount {
  return { searches: 80, tokens: 2_000_000, microUsd: Math.round(usd * 1_000_000) };
}

/** The most one question may use; set aside before it is asked, because an answer that is lost is paid for all the same. */
export const MOST_PER_QUESTION = {
  plan: { searches: 0, inputTokens: 3_000, outputTokens: 3_000 },
  search: { searches: 2, inputTokens: 40_000, outputTokens: 8_000 },
} as const satisfies Record<string, Usage>;

export function amountOf({ searches, inputTokens, outputTokens }: Usage, prices: Prices): Amount {
  // Dollars for a million tokens are millionths of a dollar for one.
  const microUsd = Math.ceil(inputTokens * prices.input + outputTokens * prices.output + searches * prices.searches * 1_000);
  return { searches, tokens: inputTokens + outputTokens, microUsd };
}

export function less(a: Amount, b: Amount): Amount {
  return { searches: a.searches - b.searches, tokens: a.tokens - b.tokens, microUsd: a.microUsd - b.microUsd };
}
