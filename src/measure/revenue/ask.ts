import { CREDIT_KINDS } from '../attribution/credit.ts';
import { MODEL_NAMES, type ModelName } from '../attribution/models.ts';
import { STAGES, type Stage } from '../ledger/record-revenue.ts';
import type { Measure } from './measures.ts';
import { type Calendar, type Period, readPeriod } from './period.ts';

export const BY = ['partner', 'type', 'tier', 'month', 'product'] as const;
export type By = (typeof BY)[number];

/** What a report is asked for. `words`: the period as it was typed. */
export type RevenueAsk = { words: string; period: Period; by: By; measure: Measure; stage: Stage; compare: boolean };

/** Where nobody says a period. */
export const USUAL_PERIOD = 'this quarter';
/** `from 2026-01-15 to 2026-03-20`, `last 12 months`. */
const MOST_IN_PERIOD = 6;

type Told = Partial<Pick<RevenueAsk, 'words' | 'by' | 'stage' | 'compare'>> & { kind?: Measure['kind']; model?: ModelName | null };

const BY_WORDS = new Map<string, By>(BY.flatMap((by) => [[by, by] as const, [`${by}s`, by] as const]));
const MODEL_WORDS = new Map<string, ModelName>([
  ...MODEL_NAMES.flatMap((name) => [[`model ${name}`, name] as const, [`${name} model`, name] as const, [name, name] as const]),
  ...(['time decay', 'time-decay', 'model time decay', 'model time-decay'] as const).map((words) => [words, 'decay'] as const),
  ['first touch', 'first'],
  ['last touch', 'last'],
]);
const KIND_WORDS = new Map<string, Measure['kind']>([
  ...CREDIT_KINDS.map((kind) => [kind, kind] as const),
  ['cosell', 'co-sell'],
  ['co sell', 'co-sell'],
  ['co-sold', 'co-sell'],
  // Whatever part it was: with a model only.
  ['any', 'all'],
  ['referrals', 'referral'],
  ['referred', 'referral'],
]);
const STAGE_WORDS = new Map<string, Stage>(STAGES.map((stage) => [stage, stage]));
const FILLERS = new Set(['and', 'by', 'for', 'in', 'of', 'revenue', 'the', 'with', 'model']);

/** Reads what was typed, in any order; of two of a kind the last counts; `whole` is without a model, `any` whatever part partners had. `unknown`: the words that say nothing here. */
export function readRevenueAsk(typed: string, calendar: Calendar): { ask: RevenueAsk; unknown: string[] } {
  const words = typed
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean);
  const unknown: string[] = [];
  const told: Told = {};
  for (let at = 0; at < words.length; ) {
    const most = Math.min(MOST_IN_PERIOD, words.length - at);
    const sizes = Array.from({ length: most }, (_, less) => most - less);
    const size = sizes.find((many) => take(told, words.slice(at, at + many).join(' '), calendar));
    if (!size && !FILLERS.has(words[at] ?? '')) unknown.push(words[at] ?? '');
    at += size ?? 1;
  }
  return { ask: askOf(told, calendar), unknown };
}

function take(told: Told, phrase: string, calendar: Calendar): boolean {
  const [by, stage] = [BY_WORDS.get(phrase.replace(/^by /, '')), STAGE_WORDS.get(phrase)];
  const [model, kind] = [MODEL_WORDS.get(phrase), KIND_WORDS.get(phrase)];
  if (by) told.by = by;
  else if (stage) told.stage = stage;
  else if (kind) told.kind = kind;
  else if (phrase === 'compare' || phrase === 'compared') told.compare = true;
  else if (readPeriod(phrase, calendar)) told.words = phrase;
  else if (model) told.model = model;
  else if (phrase === 'whole') told.model = null;
  else return false;
  return true;
}

function askOf(
  { words = USUAL_PERIOD, by = 'partner', stage = 'booked', compare = false, kind, model }: Told,
  calendar: Calendar,
): RevenueAsk {
  const period = readPeriod(words, calendar);
  if (!period) throw new Error('what was read as a period is none');
  // A model alone shares out all that partners had a part in; without one that would be all revenue.
  const asked = kind ?? 'all';
  const measure: Measure = model ? { kind: asked, model } : { kind: asked === 'all' ? 'sourced' : asked, model: null };
  return { words, period, by, stage, compare, measure };
}

/** The same in words that `readRevenueAsk` reads, for a button to carry. */
export function wordsOf({ words, by, stage, compare, measure: { kind, model } }: RevenueAsk): string {
  return [words, `by ${by}`, kind === 'all' ? '' : kind, model ? `model ${model}` : '', stage, compare ? 'compare' : '']
    .filter(Boolean)
    .join(' ');
}
