import { SECOND_READER_RULES, type SecondReaderAnswer, secondReader } from '../../../prompts/discover/second-reader.ts';
import type { Deps } from '../../deps.ts';
import { ModelBusy } from '../../errors.ts';
import { recordAudit } from '../../programme/audit/audit-repository.ts';
import type { Company } from '../../programme/companies/company.ts';
import { listCompaniesByIds } from '../../programme/companies/company-repository.ts';
import type { PartnerType } from '../../programme/setup/programme.ts';
import { bestByRules } from '../digest/rank-candidates.ts';
import type { FitProfile } from '../fit/fit.ts';
import { getFitProfile } from '../fit/fit-profile.ts';
import { heededText, TEXT_FIELDS } from '../fit/read-company.ts';
import { amountOf, mostPerDay, NOTHING, type Usage } from '../research/research.ts';
import { correctSpending, reserveSpending, spendingDay } from '../research/spending-repository.ts';
import { stopOf } from './read-today.ts';
import { type Claim, findQuote, keyOf, type Reading, type Review, wordsOfUs } from './review.ts';
import { claimReading, countReadings, listReviews, settleReading, unclaimReading } from './review-repository.ts';

/** Of each wanted type so many are read first, and then so many a day. Of the good ones 29 % stand among the first forty by rules; a perfect
 *  reader of the first 150 would reach 0.78 of the best possible. */
const FIRST = 150;
const EACH_DAY = 50;
/** Characters of a company's text that are read: what it is stands at the beginning. */
const MOST_READ = 1_500;
/** The same is asked so often on a day when no answer comes, those that were asked less before it. */
const MOST_TRIES = 5;
/** Longer than a question may take: whoever asked is taken for dead. */
const CLAIM_MS = 5 * 60_000;
/** What a question may use beside its texts, in tokens; an answer with what is thought before it. */
const ASIDE = { input: 1_200, output: 4_000, charactersPerToken: 3 } as const;

type Given = { ask: NonNullable<Deps['ask']>; research: NonNullable<Deps['research']> } & Pick<Deps, 'now'>;

/** What came of one question. `dropped`: verdicts that were left out because their words do not stand in the company's text. */
type Done = { more: boolean; read: number; objected: number; dropped: number; isStopped: boolean };
const NOTHING_DONE: Done = { more: false, read: 0, objected: 0, dropped: 0, isStopped: false };

/** A candidate that is to be read, with all that it is read by. */
type Unread = { company: Company; text: string; key: string; seen: Claim | null; claim: Claim };

/** Asks about the next candidate that nobody has asked about with the same text, profile, type and prompt, within the day's budget of the
 *  research. One at a time, so that no company's text can speak of another. The verdict can only hold back, and only with words that stand in
 *  the company's own text. Safe to repeat and to run in two processes at once: a company is claimed before it is asked about. Throws when the
 *  model fails; `ModelBusy` has cost nothing and is no try of the company. */
export async function askSecondReader(workspaceId: string, given: Given): Promise<Done> {
  const profile = await getFitProfile(workspaceId);
  if (!profile) return NOTHING_DONE;
  for (const type of profile.partnerTypesWanted) {
    const unread = await nextUnread(workspaceId, type, profile, given.now());
    if (unread) return await askAbout(workspaceId, unread, { type, profile }, given);
  }
  return NOTHING_DONE;
}

async function nextUnread(workspaceId: string, type: PartnerType, profile: FitProfile, now: Date): Promise<Unread | null> {
  const us = keyOf(wordsOfUs(profile));
  const since = new Date(`${spendingDay(now)}T00:00:00Z`);
  const { total, recent } = await countReadings(workspaceId, { type, us, since });
  const room = total < FIRST ? FIRST - total : EACH_DAY - recent;
  if (room <= 0) return null;
  const ids = await bestByRules(workspaceId, { type, top: Math.max(FIRST, total + room), now });
  let next: Unread | null = null;
  for (let first = 0; first < ids.length; first += PAGE) {
    const page = ids.slice(first, first + PAGE);
    const [companies, reviews] = await Promise.all([listCompaniesByIds(workspaceId, page), listReviews(workspaceId, page)]);
    const known = new Map(reviews.flatMap((review) => (review.about === type ? [[review.companyId, review]] : [])));
    for (const company of companies) {
      const unread = unreadOf(company, known.get(company.id), { type, us, since, now });
      // What failed today comes last, so that one text that no model answers to keeps no other waiting.
      if (unread && (!next || unread.claim.tries < next.claim.tries)) next = unread;
      if (next?.claim.tries === 1) return next;
    }
  }
  return next;
}

const PAGE = 50;

/** Null for one that has been read, is being read, or says nothing. */
function unreadOf(
  company: Company,
  review: Review | undefined,
  { type, us, since, now }: { type: PartnerType; us: string; since: Date; now: Date },
): Unread | null {
  const text = readableText(company);
  const key = keyOf([company.name, text, us, type, SECOND_READER_RULES]);
  const seen = review?.claim ?? null;
  if (text === '' || review?.reading?.key === key || review?.ruling) return null;
  const tries = seen?.key === key && seen.at >= since ? seen.tries + 1 : 1;
  if (tries > MOST_TRIES || (seen && now.getTime() - seen.at.getTime() < CLAIM_MS)) return null;
  return { company, text, key, seen, claim: { key, at: now, tries } };
}

function readableText(company: Company): string {
  const texts = TEXT_FIELDS.map((field) => heededText(company, field).trim()).filter(Boolean);
  return texts.join('\n').slice(0, MOST_READ);
}

async function askAbout(
  workspaceId: string,
  unread: Unread,
  { type, profile }: { type: PartnerType; profile: FitProfile },
  { ask, research: { prices, perDayUsd }, now }: Given,
): Promise<Done> {
  const { company, text, seen, claim } = unread;
  const at = now();
  const day = spendingDay(at);
  const us = wordsOfUs(profile);
  const inputTokens = ASIDE.input + Math.ceil((text.length + JSON.stringify(us).length) / ASIDE.charactersPerToken);
  const aside = amountOf({ searches: 0, inputTokens, outputTokens: ASIDE.output }, prices);
  if (!(await reserveSpending(workspaceId, day, aside, mostPerDay(perDayUsd)))) {
    await recordAudit({ id: `reader-stop:${workspaceId}:${day}`, workspaceId, at, by: 'system', ...stopOf(day), after: { perDayUsd } });
    return { ...NOTHING_DONE, isStopped: true };
  }
  // An answer that did not arrive, or does not say what it used, may have cost all that was set aside.
  let spent = aside;
  try {
    if (!(await claimReading(company, type, seen, claim))) {
      spent = NOTHING;
      // Another process asks about it; that one goes on by itself.
      return NOTHING_DONE;
    }
    const hear = (usage: Usage) => {
      spent = amountOf(usage, prices);
    };
    const said = await ask(secondReader, { us, type, candidate: { name: company.name, text } }, { outputTokens: ASIDE.output, hear });
    return await settle(unread, said, { type, us: keyOf(us), at: now() });
  } catch (error) {
    if (error instanceof ModelBusy) {
      spent = NOTHING;
      await unclaimReading(company, type, claim, seen);
    }
    throw error;
  } finally {
    await correctSpending(workspaceId, day, aside, spent);
  }
}

async function settle(
  { company, key, claim }: Unread,
  said: SecondReaderAnswer,
  { type, us, at }: { type: PartnerType; us: string; at: Date },
): Promise<Done> {
  const taken = takenOf(said, company, type);
  const reading: Reading = { key, us, at, ...(taken ?? { verdict: null, other: null, phrase: null }) };
  const isSettled = await settleReading(company, type, claim, reading);
  if (!isSettled) return { ...NOTHING_DONE, more: true };
  return { ...NOTHING_DONE, more: true, read: 1, objected: taken && taken.verdict !== 'partner' ? 1 : 0, dropped: taken ? 0 : 1 };
}

/** What can be taken of a verdict; null when its words do not stand in the company's text, or it contradicts itself. */
function takenOf(
  { verdict, otherType, quote }: SecondReaderAnswer,
  company: Company,
  type: PartnerType,
): Pick<Reading, 'verdict' | 'other' | 'phrase'> | null {
  const phrase = findQuote(company, quote);
  const other = verdict === 'other-type' && otherType !== 'none' && otherType !== type ? otherType : null;
  return phrase && (verdict !== 'other-type' || other) ? { verdict, other, phrase } : null;
}
