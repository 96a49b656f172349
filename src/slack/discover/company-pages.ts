import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { closedCard, companyCard, detailsButton } from '../../../blocks/discover/company-card.ts';
import { companyDetails } from '../../../blocks/discover/company-details.ts';
import { companyList, HELD_PAGE, type ListedCompany, PAGE_SIZE } from '../../../blocks/discover/company-list.ts';
import { findAnswer, findHelp } from '../../../blocks/discover/find-answer.ts';
import { holdBlocks } from '../../../blocks/discover/hold-blocks.ts';
import { gateWords, holdWords, reasonWords } from '../../../blocks/discover/reason-words.ts';
import { type Modal, modal } from '../../../blocks/elements.ts';
import { context, escaped, plainTo, section } from '../../../blocks/mrkdwn.ts';
import { pressable } from '../../../blocks/pressable.ts';
import { STAGE_WORDS } from '../../../blocks/stage-words.ts';
import type { Deps } from '../../deps.ts';
import { fitAmongOthers, rankCandidates } from '../../discover/digest/rank-candidates.ts';
import { findCompanies } from '../../discover/find/find-companies.ts';
import { suggestWords } from '../../discover/find/suggest-words.ts';
import { LONGEST_REQUEST, understandRequest } from '../../discover/find/understand-request.ts';
import { getFitProfile } from '../../discover/fit/fit-profile.ts';
import { gateOf } from '../../discover/fit/gates.ts';
import { readToday } from '../../discover/reviews/read-today.ts';
import { opinionsOf } from '../../discover/reviews/review.ts';
import { listKeptOut, listReviews } from '../../discover/reviews/review-repository.ts';
import { Refusal } from '../../errors.ts';
import { findRunning } from '../../onboard/partners/partner-of-company.ts';
import { type Company, type CompanyDecision, isOptOut } from '../../programme/companies/company.ts';
import { findCompaniesByName } from '../../programme/companies/company-names.ts';
import { getCompany, listCompaniesByIds } from '../../programme/companies/company-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import { resolveActor } from '../actor.ts';
import { carried } from '../form.ts';
import type { ButtonClick } from '../listener.ts';
import { fillModal, pushModal } from '../modal.ts';
import { type Origin, originOf } from '../origin.ts';
import { answerAsker } from '../with-fallback.ts';

type Page = { text: string; blocks: KnownBlock[] };

/** One page of the ranking: of those that may be suggested, or of those that are `held` back. */
export async function listPage(workspaceId: string, { from, held }: { from: number; held: boolean }, now: Date): Promise<Page> {
  const size = held ? HELD_PAGE : PAGE_SIZE;
  const first = await rankCandidates(workspaceId, { top: from + size, among: held ? 'doubted' : 'suggested', now });
  const rest = held && (await rankCandidates(workspaceId, { top: Math.max(0, from + size - first.found), among: 'ruled-out', now }));
  const found = first.found + (rest ? rest.found : 0);
  const shown = [...first.ranked, ...(rest ? rest.ranked : [])].slice(from, from + size);
  // The last one of a page may just have been cleared, and a number may come from elsewhere than our buttons.
  if (shown.length === 0 && from > 0) return listPage(workspaceId, { from: Math.floor(Math.max(0, found - 1) / size) * size, held }, now);
  const stored = await listCompaniesByIds(
    workspaceId,
    shown.map(({ id }) => id),
  );
  const onFile = new Map(stored.map((company) => [company.id, company]));
  const doubted = new Set(held ? first.ranked : []);
  const companies: ListedCompany[] = shown.map((company) => {
    const best = company.reasons.toSorted((a, b) => b.points - a.points)[0];
    const why = held ? company.holds.map(holdWords).join(' ') : best ? reasonWords(best) : '';
    return { ...company, state: stateWords(onFile.get(company.id)), why, ...(doubted.has(company) ? { doubts: company.holds } : {}) };
  });
  const [read, keptOut] = held ? await Promise.all([readToday(workspaceId, now), listKeptOut(workspaceId)]) : [null, []];
  const text = held ? 'Held back' : 'Candidates, best first';
  return { text, blocks: companyList({ companies, total: found, others: first.candidates - found, from, held, read, keptOut }) };
}

/** The company a person means, with its score and buttons; other matches are named. Refuses `company-unknown`. */
export async function showCompany(workspaceId: string, name: string, now: Date): Promise<Page> {
  const [company, ...others] = await findCompaniesByName(workspaceId, name, 6);
  if (!company) throw new Refusal('company-unknown', { name });
  const page = await companyPage(workspaceId, company, now);
  const profile = await getFitProfile(workspaceId);
  const shown = others.filter((other) => profile && !gateOf(profile, other));
  if (shown.length === 0) return page;
  const also = shown.map((other) => `${escaped(other.name)} (${escaped(other.domain)})`).join(', ');
  return { ...page, blocks: [...page.blocks, section(`Also matching: ${also}`)] };
}

export async function companyPage(workspaceId: string, company: Company, now: Date): Promise<Page> {
  const profile = await getFitProfile(workspaceId);
  if (!profile) throw new Refusal('setup-incomplete', { step: 'company' });
  const gate = gateOf(profile, company);
  if (gate && isOwnDoing(company.decision)) {
    const isOnRecord = (await findRunning(workspaceId, company.id)) !== null;
    return { text: escaped(company.name), blocks: closedCard(company, company.decision, gate, isOnRecord) };
  }
  if (gate)
    return {
      text: escaped(company.name),
      blocks: [
        {
          ...section(`*${escaped(company.name)}* is left out of every list: ${escaped(gateWords(gate))}`),
          accessory: detailsButton(company),
        },
      ],
    };
  const fit = await fitAmongOthers(workspaceId, company, now);
  const reasons = fit.reasons.toSorted((a, b) => b.points - a.points).slice(0, 3);
  const card = { ...fit, ...company, companyId: company.id, reasons };
  const held = fit.holds.map((hold) => context(`Not suggested by itself: ${plainTo(holdWords(hold), 300)}`));
  return { text: escaped(company.name), blocks: [...companyCard(card, company.decision, company.stage), ...held] };
}

/** A gate that the team closed with a decision, and opens again the same way. */
function isOwnDoing(decision: CompanyDecision | null): decision is CompanyDecision {
  return decision?.kind === 'partner' || isOptOut(decision);
}

function stateWords(company: Company | undefined): string {
  const state = company?.stage?.state ?? 'new';
  return state === 'new' ? '' : STAGE_WORDS[state].toLowerCase();
}

export const DETAILS_TITLE = 'Why this score';

/** Every criterion of a company's score, as the list has it, with its evidence and what can be decided. */
export const onShowDetails =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, DETAILS_TITLE);
    const actor = await resolveActor(args);
    const companyId = companyIn(args.action);
    await authorise(actor, 'member', { action: 'company.details', subject: `company:${companyId}`, at: now() });
    const company = await getCompany(actor.workspaceId, companyId);
    // A card or a list behind it stays as it is: which of the two it was, Slack does not say.
    const { responseUrl, ...origin } = originOf(args.body);
    await fillModal(args.client, opened, await detailsPage(company, origin, now()));
  };

/** A button's value, or that of the chosen option. */
const Chosen = z.union([z.object({ value: z.string() }), z.object({ selected_option: z.object({ value: z.string() }) })]);

function companyIn(action: unknown): string {
  const chosen = Chosen.catch({ value: '' }).parse(action);
  return 'value' in chosen ? chosen.value : chosen.selected_option.value;
}

/** `origin`: where it was opened from. Refuses `setup-incomplete`. */
export async function detailsPage(company: Company, origin: Origin, now: Date): Promise<Modal> {
  const profile = await getFitProfile(company.workspaceId);
  if (!profile) throw new Refusal('setup-incomplete', { step: 'company' });
  const fit = await fitAmongOthers(company.workspaceId, company, now);
  const reviews = await listReviews(company.workspaceId, [company.id]);
  const gate = gateOf(profile, company);
  const { objections } = opinionsOf(reviews, profile, company);
  const said = holdBlocks(company, gate ? { holds: [], objections: {}, reviews } : { holds: fit.holds, objections, reviews });
  const isOnRecord = (await findRunning(company.workspaceId, company.id)) !== null;
  const blocks = companyDetails(company, fit, gate, now, { said, isOnRecord });
  const here: Origin = { ...origin, page: { kind: 'details', companyId: company.id } };
  return modal(DETAILS_TITLE, blocks, { metadata: JSON.stringify(here) });
}

const Turn = z.object({ from: z.number().int().min(0).max(100_000), words: z.string().max(500), held: z.boolean().default(false) });

/** The next or the previous page of all candidates, or of those found for `words`, in place of the one that is shown. */
export const onTurnList =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const actor = await resolveActor(args);
    await authorise(actor, 'member', { action: 'list.turn', subject: 'list:candidates', at: now() });
    const turn = carried(Turn, args.action.value);
    const page = turn.words ? await findPage(actor.workspaceId, turn, now()) : await listPage(actor.workspaceId, turn, now());
    await answerAsker(args, { ...page, blocks: pressable(page.blocks, actor) }, args.body.container.is_ephemeral === true);
  };

/** What `/partners find` answers to `words`; and each further page of it. Refuses `setup-incomplete`. */
export async function findPage(
  workspaceId: string,
  { from, words }: { from: number; words: string },
  now: Date,
): Promise<{ text: string; blocks: KnownBlock[] }> {
  const text = 'Companies you asked for';
  if (words.length > LONGEST_REQUEST) {
    const problem = `That is ${words.length.toLocaleString('en-GB')} characters, and I read up to ${LONGEST_REQUEST}.`;
    return { text, blocks: findHelp(problem) };
  }
  const request = understandRequest(words);
  if (request.parts.length === 0) return { text, blocks: findHelp(words ? 'I found nothing in that to look for.' : '') };
  const findings = await findCompanies(workspaceId, request, { from, count: PAGE_SIZE, now });
  const { asked, near, total, unsure } = findings;
  const suggestion = suggestWords(words, asked, { isFound: total + unsure > 0, near });
  return { text, blocks: findAnswer(asked, findings, { from, words, suggestion }) };
}
