import { SECOND_READER_RULES, type SecondReaderAnswer, secondReader } from '../../../prompts/discover/second-reader.ts';
import type { Deps } from '../../deps.ts';
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
import { claimReading, countReadings, listReviews, settleReading } from './review-repository.ts';

/** Of each wanted type so many are read first, and then so many a day. Of the good ones 29 % stand among the first forty by rules; a perfect
 *  reader of the first 150 would reach 0.78 of the best possible. */
const FIRST = 150;
const EACH_DAY = 50;
/** In one question. */
const TOGETHER = 6;
/** Characters of a company's text that are read: what it is stands at the beginning. */
const MOST_READ = 1_500;
/** The same is asked so often when no answer comes, those that were asked less before it. */
const MOST_TRIES = 5;
/** Longer than a question may take: whoever asked is taken for dead. */
const CLAIM_MS = 5 * 60_000;
/** What a question may use beside its texts, in tokens; an answer with what is thought before it. */
const ASIDE = { input: 1_200, output: 4_000, charactersPerToken: 3 } as const;

type Given = { ask: NonNullable<Deps['ask']>; research: NonNullable<Deps['research']> } & Pick<Deps, 'now'>;

/** What came of one question. `dropped`: verdicts that were left out because their words do not stand in the company's text, or none came. */
type Done = { more: boolean; read: number; objected: number; dropped: number; isStopped: boolean };
const NOTHING_DONE: Done = { more: false, read: 0, objected: 0, dropped: 0, isStopped: false };

/** A candidate that is to be read, with all that it is read by. */
type Unread = { company: Company; text: string; key: string; seen: Claim | null; claim: Claim };

/** Asks one question about the next candidates that nobody has asked about with the same text, profile, type and prompt, within the day's budget
 *  of the research. Its verdicts can only hold back, and only with words that stand in the company's own text. Safe to repeat and to run in two
 *  processes at once: each company is claimed before it is asked about. Throws when the model fails. */
export async function askSecondReader(workspaceId: string, given: Given): Promise<Done> {
  const profile = await getFitProfile(workspaceId);
  if (!profile) return NOTHING_DONE;
  for (const type of profile.partnerTypesWanted) {
    const unread = await nextUnread(workspaceId, type, profile, given.now());
    if (unread.length > 0) return await askAbout(workspaceId, unread, { type, profile }, given);
  }
  return NOTHING_DONE;
}

async function nextUnread(workspaceId: string, type: PartnerType, profile: FitProfile, now: Date): Promise<Unread[]> {
  const us = keyOf(wordsOfUs(profile));
  const since = new Date(`${spendingDay(now)}T00:00:00Z`);
  const { total, recent } = await countReadings(workspaceId, { type, us, since });
  const room = total < FIRST ? FIRST - total : EACH_DAY - recent;
  if (room <= 0) return [];
  const ids = await bestByRules(workspaceId, { type, top: Math.max(FIRST, total + room), now });
  const unread: Unread[] = [];
  for (let first = 0; first < ids.length && !isEnough(unread); first += PAGE) {
    const page = ids.slice(first, first + PAGE);
    const [companies, reviews] = await Promise.all([listCompaniesByIds(workspaceId, page), listReviews(workspaceId, page)]);
    const known = new Map(reviews.flatMap((review) => (review.about === type ? [[review.companyId, review]] : [])));
    unread.push(...companies.flatMap((company) => unreadOf(company, known.get(company.id), { type, us, now }) ?? []));
  }
  // What failed before comes last, so that one text that no model answers to keeps no other waiting.
  return unread.sort((a, b) => a.claim.tries - b.claim.tries).slice(0, Math.min(TOGETHER, room));
}

const PAGE = 50;

function isEnough(unread: readonly Unread[]): boolean {
  return unread.filter(({ claim }) => claim.tries === 1).length >= TOGETHER;
}

/** Null for one that has been read, is being read, or says nothing. */
function unreadOf(
  company: Company,
  review: Review | undefined,
  { type, us, now }: { type: PartnerType; us: string; now: Date },
): Unread | null {
  const text = readableText(company);
  const key = keyOf([company.name, text, us, type, SECOND_READER_RULES]);
  const seen = review?.claim ?? null;
  if (text === '' || review?.reading?.key === key || review?.ruling) return null;
  const tries = seen?.key === key ? seen.tries + 1 : 1;
  if (tries > MOST_TRIES || (seen && now.getTime() - seen.at.getTime() < CLAIM_MS)) return null;
  return { company, text, key, seen, claim: { key, at: now, tries } };
}

function readableText(company: Company): string {
  const texts = TEXT_FIELDS.map((field) => heededText(company, field).trim()).filter(Boolean);
  return texts.join('\n').slice(0, MOST_READ);
}

async function askAbout(
  workspaceId: string,
  unread: readonly Unread[],
  { type, profile }: { type: PartnerType; profile: FitProfile },
  { ask, research: { prices, perDayUsd }, now }: Given,
): Promise<Done> {
  const at = now();
  const day = spendingDay(at);
  const characters = unread.reduce((sum, { text }) => sum + text.length, JSON.stringify(wordsOfUs(profile)).length);
  const inputTokens = ASIDE.input + Math.ceil(characters / ASIDE.charactersPerToken);
  const aside = amountOf({ searches: 0, inputTokens, outputTokens: ASIDE.output }, prices);
  if (!(await reserveSpending(workspaceId, day, aside, mostPerDay(perDayUsd)))) {
    await recordAudit({ id: `reader-stop:${workspaceId}:${day}`, workspaceId, at, by: 'system', ...stopOf(day), after: { perDayUsd } });
    return { ...NOTHING_DONE, isStopped: true };
  }
  const heard: Usage[] = [];
  let spent = aside;
  try {
    const claimed: Unread[] = [];
    for (const one of unread) if (await claimReading(one.company, type, one.seen, one.claim)) claimed.push(one);
    if (claimed.length === 0) {
      spent = NOTHING;
      // Another process asks about them; it goes on by itself.
      return NOTHING_DONE;
    }
    const candidates = claimed.map(({ company: { name }, text }, index) => ({ number: index + 1, name, text }));
    const { verdicts } = await ask(secondReader, { us: wordsOfUs(profile), type, candidates }, (usage) => heard.push(usage));
    return await settleAll(claimed, verdicts, { type, us: keyOf(wordsOfUs(profile)), at: now() });
  } finally {
    // An answer that did not arrive, or does not say what it used, may have cost all that was set aside.
    await correctSpending(workspaceId, day, aside, heard[0] ? amountOf(heard[0], prices) : spent);
  }
}

async function settleAll(
  claimed: readonly Unread[],
  verdicts: SecondReaderAnswer['verdicts'],
  { type, us, at }: { type: PartnerType; us: string; at: Date },
): Promise<Done> {
  const done = { ...NOTHING_DONE, more: true };
  for (const [index, { company, key, claim }] of claimed.entries()) {
    const said = verdicts.find(({ number }) => number === index + 1);
    const taken = said ? takenOf(said, company, type) : null;
    const reading: Reading = { key, us, at, ...(taken ?? { verdict: null, other: null, phrase: null }) };
    if (!(await settleReading(company, type, claim, reading))) continue;
    done.read++;
    if (!taken) done.dropped++;
    else if (taken.verdict !== 'partner') done.objected++;
  }
  return done;
}

/** What can be taken of a verdict; null when its words do not stand in the company's text, or it contradicts itself. */
function takenOf(
  { verdict, otherType, quote }: SecondReaderAnswer['verdicts'][number],
  company: Company,
  type: PartnerType,
): Pick<Reading, 'verdict' | 'other' | 'phrase'> | null {
  const phrase = findQuote(company, quote);
  const other = verdict === 'other-type' && otherType !== 'none' && otherType !== type ? otherType : null;
  return phrase && (verdict !== 'other-type' || other) ? { verdict, other, phrase } : null;
}
