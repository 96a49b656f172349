import type { Button, ConfirmationDialog, KnownBlock, StaticSelect } from '@slack/types';
import { CRITERION_IDS } from '../../src/discover/fit/criteria.ts';
import type { ShownReason } from '../../src/discover/fit/finding.ts';
import type { Evidence, Fit, Reason } from '../../src/discover/fit/fit.ts';
import type { Gate } from '../../src/discover/fit/gates.ts';
import type { Hold } from '../../src/discover/fit/holds.ts';
import { type Company, type CompanyDecision, type CompanyStage, isOptOut, isStale } from '../../src/programme/companies/company.ts';
import type { PartnerType } from '../../src/programme/setup/programme.ts';
import { actions, button, option, text } from '../elements.ts';
import { ACTIONS, type ActionId } from '../ids.ts';
import { LABELS } from '../labels.ts';
import { context, escaped, escapedTo, link, moment, person, plain, plainTo, section, shorten, shortenMrkdwn, siteLink } from '../mrkdwn.ts';
import { CARD, card, collapsed } from '../panels.ts';
import { stageWords } from '../stage-words.ts';
import { ageWords, fitWords, REASON_WORDS, TYPE_WORDS } from '../words.ts';
import { gateWords, holdWords, reasonWords } from './reason-words.ts';
import { CRITERION_WORDS, FACT_WORDS } from './vocabulary.ts';

export type CardCompany = {
  companyId: string;
  name: string;
  domain: string;
  oneLiner: string;
  type: PartnerType;
  score: number;
  known: number;
  reasons: ShownReason[];
};

/** Most characters of each part of a card, as Slack counts them. *Details* shows the whole. */
const LONGEST = { name: 100, reason: 150, note: 100 } as const;
/** A longer domain leaves no room for the name beside a link. */
const LONGEST_LINKED = 40;

/** One candidate: who it is, its score with the known share, the strongest reasons, and the three things that can be done; folded below it
 *  all reasons and *Details*. Once decided, the decision in place of the reasons. At most two blocks. */
export function companyCard(company: CardCompany, decision: CompanyDecision | null, stage?: CompanyStage): KnownBlock[] {
  const named = { id: company.companyId, name: company.name };
  const words = { title: titleOf(company), subtitle: subtitleOf(company) };
  if (!decision) return [card(`company:${named.id}`, { ...words, body: strongest(company.reasons) }, choices(named)), moreOn(company)];
  const said = stateOf(decision, stage);
  const ways = [...waysOn(named, decision), detailsButton(named)];
  const isShort = said.length <= CARD.body;
  const decided = card(`company:${named.id}:${decision.kind}`, { ...words, body: isShort ? said : '' }, ways);
  return isShort ? [decided] : [decided, context(said)];
}

/** How well it fits, and what it does. */
function subtitleOf(company: CardCompany): string {
  const score = scoreLine(company);
  return company.oneLiner ? `${score} · ${escapedTo(company.oneLiner, CARD.subtitle - score.length - ' · '.length)}` : score;
}

/** The one place where a card says how well a company fits. */
function scoreLine(company: Pick<CardCompany, 'type' | 'score' | 'known'>): string {
  return `${TYPE_WORDS[company.type]} · fit ${fitWords(company)}`;
}

function titleOf({ name, domain }: Pick<CardCompany, 'name' | 'domain'>): string {
  const site = domain.length <= LONGEST_LINKED ? siteLink(domain) : escapedTo(domain, LONGEST_LINKED);
  return `*${plainTo(name, CARD.title - site.length - '** · '.length)}* · ${site}`;
}

/** Two reasons where both can stand whole, else the best one. */
function strongest(reasons: readonly ShownReason[]): string {
  const [best, next] = reasons.map((reason) => `• ${escaped(reasonWords(reason))}`);
  const both = `${best}\n${next}`;
  if (best && next && both.length <= CARD.body) return both;
  return best ? shortenMrkdwn(best, CARD.body) : '';
}

/** Folded under the card. */
function moreOn({ companyId, name, reasons }: CardCompany): KnownBlock {
  const lines = reasons.map((reason) => `• ${escapedTo(reasonWords(reason), LONGEST.reason)} _(${reason.points} of ${reason.max})_`);
  const details = { ...section(lines.join('\n') || 'Every point with its evidence:'), accessory: detailsButton({ id: companyId, name }) };
  return collapsed(`Reasons and evidence: ${name}`, [details]);
}

/** A company that a decision of the team keeps out of every list, with the way back. */
export function closedCard(company: Pick<Company, 'id' | 'name' | 'domain'>, decision: CompanyDecision, gate: Gate): KnownBlock[] {
  const title = `*${plainTo(company.name, LONGEST.name)}* · ${siteLink(company.domain)}`;
  return [section(`${title}\nLeft out of every list: ${escapedTo(gateWords(gate), 300)}`), ...decisionBlocks(company, decision)];
}

const OPTED_OUT: ConfirmationDialog = {
  title: text('They asked for silence'),
  text: text('Take this back only if they have told you since that they want to hear from you. Admins only; it is recorded.', 300),
  confirm: text('They Do'),
  deny: text('Leave It'),
};

type Named = { id: string; name: string };

/** The buttons of an open candidate, or the record of what was decided, with the way back. */
function decisionBlocks(
  company: Named,
  decision: CompanyDecision | null,
  { more = [detailsButton(company)], stage }: { more?: Button[]; stage?: CompanyStage | undefined } = {},
): KnownBlock[] {
  if (!decision) {
    return [actions(`company:${company.id}`, ...choices(company), ...more)];
  }
  const ways = actions(`company:${company.id}:${decision.kind}`, ...waysOn(company, decision), ...more);
  return [context(stateOf(decision, stage)), ways];
}

/** What can be done with a company that nobody has decided on. */
function choices(company: Named): Button[] {
  const draft = about(company, ACTIONS.companyDraft, LABELS.draftOutreach, { style: 'primary' });
  return [draft, notAFit(company), about(company, ACTIONS.companyLater, LABELS.later)];
}

/** What was decided; of what was started, how far it has come. */
function stateOf(decision: CompanyDecision, stage: CompanyStage | undefined): string {
  return decision.kind === 'pursued' && stage ? stageWords(stage) : decisionWords(decision);
}

function waysOn(company: Named, decision: CompanyDecision): Button[] {
  if (decision.kind === 'pursued') return [about(company, ACTIONS.companyDraft, 'Open Outreach'), notAFit(company)];
  const optedOut = isOptOut(decision);
  return [about(company, ACTIONS.companyReconsider, LABELS.reconsider, optedOut ? { confirm: OPTED_OUT } : {})];
}

/** A button that a screen reader tells from those of the other companies. */
function about({ id, name }: Named, action: ActionId, label: string, more: Partial<Button> = {}): Button {
  return button(action, label, id, { accessibility_label: shorten(`${label}: ${name}`, 75), ...more });
}

export function notAFit(company: Named): Button {
  return about(company, ACTIONS.companyReject, 'Not a Fit');
}

export function detailsButton(company: Named): Button {
  return about(company, ACTIONS.companyDetails, 'Details');
}

/** *Details* of several companies in one control: for lists whose rows hold no button, and where there is no room for one each. */
export function detailsSelect(companies: readonly Named[]): StaticSelect {
  return {
    type: 'static_select',
    action_id: ACTIONS.companyDetails,
    placeholder: text('Details of …', 150),
    options: companies.map(({ id, name }) => option(id, name)),
  };
}

export function decisionWords(decision: CompanyDecision): string {
  const who = `${person(decision.by)}, ${moment(decision.at)}`;
  if (decision.kind === 'pursued') return `:email: Outreach started by ${who}`;
  if (decision.kind === 'later') return `:zzz: Put off by ${who}; may come back after ${moment(decision.until)}`;
  if (decision.kind === 'partner') return `:handshake: Partner, says ${who}`;
  const note = decision.note ? `: ${escapedTo(decision.note, LONGEST.note)}` : '';
  return `:no_entry_sign: Not a fit, says ${who}. ${REASON_WORDS[decision.reason]}${note}`;
}

/** Chosen on judged lists, and not borne out by a reader of other vendors: `test/bench/quality.md`. */
const BANDS_TOLD =
  'Strong begins at 75, good at 60, worth a look at 45. The score orders a list by what is on file; read the quoted words before you write.';

/** Every criterion with its points, sentence and the evidence it opens to, which names its source by number; the sources with their dates;
 *  what is unknown; and what can be decided. */
export function companyDetails(company: Company, fit: Fit & { holds?: Hold[] }, gate: Gate | null, now: Date): KnownBlock[] {
  const head = `*${plain(company.name)}* · ${link(`https://${company.domain}`, company.domain)}`;
  const words = company.description || company.oneLiner;
  const blocks: KnownBlock[] = [section(`${head}\n${words ? escapedTo(words, 1000) : '_No description on file._'}`)];
  if (gate) return [...blocks, section(`:no_entry: Left out of every list: ${escapedTo(gateWords(gate), 1000)}`)];
  const type = TYPE_WORDS[fit.type].toLowerCase();
  const share = `As ${/^[aeiou]/.test(type) ? 'an' : 'a'} ${type}: fit ${fitWords(fit)}`;
  const criteria = [...fit.reasons].sort((a, b) => b.points - a.points);
  const unknown = CRITERION_IDS.filter((id) => !fit.reasons.some(({ criterion }) => criterion === id));
  const sources = sourcesOf(criteria);
  return [
    ...blocks,
    section(`${share}\nThe score is the points below as a share of what is known: ${pointsSum(fit)}. ${BANDS_TOLD}`),
    ...(fit.holds ?? []).map((hold) => context(`Not suggested by itself: ${escapedTo(holdWords(hold), 300)}`)),
    ...criteria.flatMap((reason) => reasonBlocks(reason, sources)),
    ...(unknown.length > 0 ? [context(`Not known, so not counted: ${unknown.map(criterionName).join(', ')}`)] : []),
    ...inContexts([...sources.values()].map(({ number, first }) => sourceLine(number, first, now))),
    ...decisionBlocks(company, company.decision, { more: [], stage: company.stage }),
  ];
}

const MOST_EVIDENCE = 8;

/** By file and line, page or person, and day; in the order in which they are named. */
type Sources = Map<string, { number: number; first: Evidence }>;

function sourcesOf(reasons: readonly Reason[]): Sources {
  const sources: Sources = new Map();
  for (const fact of reasons.flatMap(({ evidence }) => evidence.slice(0, MOST_EVIDENCE))) {
    const key = sourceKey(fact);
    if (!sources.has(key)) sources.set(key, { number: sources.size + 1, first: fact });
  }
  return sources;
}

function sourceKey({ source, at }: Evidence): string {
  return `${dayOf(at)} ${source}`;
}

function reasonBlocks(reason: Reason, sources: Sources): KnownBlock[] {
  const { criterion, points, max, evidence } = reason;
  const words = section(`*${criterionName(criterion)}: ${points} of ${max}*\n${escaped(shorten(reasonWords(reason), 400))}`);
  if (evidence.length === 0) return [words];
  const shown = evidence.slice(0, MOST_EVIDENCE).map((fact) => `${factWords(fact)} [${sources.get(sourceKey(fact))?.number}]`);
  const left = evidence.length - shown.length;
  return [words, context(...shown, ...(left > 0 ? [`and ${left} more`] : []))];
}

/** With its age; what is stale is marked. */
function sourceLine(number: number, { source, at }: Evidence, now: Date): string {
  const age = ageWords(at, now);
  return `[${number}] ${sourceWords(source)}, ${dayOf(at)} (${isStale({ at }, now) ? `:hourglass: ${age}, counts half as known` : age})`;
}

/** Slack takes ten texts in one context. */
function inContexts(lines: readonly string[]): KnownBlock[] {
  const blocks: KnownBlock[] = [];
  for (let at = 0; at < lines.length; at += 10) blocks.push(context(...lines.slice(at, at + 10)));
  return blocks;
}

function criterionName(id: string): string {
  return Object.entries(CRITERION_WORDS).find(([key]) => key === id)?.[1] ?? id;
}

export function evidenceWords(evidence: Evidence): string {
  return `${factWords(evidence)} – ${sourceWords(evidence.source)}, ${dayOf(evidence.at)}`;
}

function factWords({ field, value }: Evidence): string {
  return `${fieldName(field)}: “${escaped(shorten(value, 160))}”`;
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/** A page opens with a click, a file and its line are named, a person is mentioned. Stored as `file:line`, a URL, or `pasted by` somebody. */
function sourceWords(source: string): string {
  const [, file, line] = /^(.+):(\d+)$/s.exec(source) ?? [];
  if (file && line && !isWebAddress(source)) return `your file ${escaped(shorten(file, 100))}, line ${line}`;
  const pasted = /^pasted by ([UW][A-Z0-9]+)$/.exec(source)?.[1];
  if (pasted) return `pasted by ${person(pasted)}`;
  if (!isWebAddress(source)) return escaped(shorten(source, 100));
  const { href, host, pathname } = new URL(source);
  return `<${href.replace(/[|<>]/g, encodeURIComponent).replaceAll('&', '&amp;')}|${escaped(shorten(`${host}${pathname}`, 60)).replaceAll('|', '¦')}>`;
}

function isWebAddress(source: string): boolean {
  return /^https?:\/\//i.test(source) && source.length <= 500 && URL.canParse(source);
}

function fieldName(field: string): string {
  return Object.entries(FACT_WORDS).find(([key]) => key === field)?.[1] ?? escaped(field);
}

function pointsSum({ reasons }: Fit): string {
  const points = reasons.reduce((sum, reason) => sum + reason.points, 0);
  const known = reasons.reduce((sum, reason) => sum + reason.max, 0);
  return `${Math.round(points * 10) / 10} of ${Math.round(known * 10) / 10} points`;
}
