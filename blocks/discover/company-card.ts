import type { Button, ConfirmationDialog, KnownBlock } from '@slack/types';
import { CRITERION_IDS } from '../../src/discover/fit/criteria.ts';
import type { ShownReason } from '../../src/discover/fit/finding.ts';
import type { Evidence, Fit, Reason } from '../../src/discover/fit/fit.ts';
import type { Gate } from '../../src/discover/fit/gates.ts';
import { type Company, type CompanyDecision, isOptOut, isStale } from '../../src/programme/companies/company.ts';
import type { PartnerType } from '../../src/programme/setup/programme.ts';
import { actions, button, text } from '../elements.ts';
import { ACTIONS } from '../ids.ts';
import { LABELS } from '../labels.ts';
import { context, escaped, escapedTo, link, moment, person, plain, plainTo, section, shorten, siteLink } from '../mrkdwn.ts';
import { ageWords, fitWords, REASON_WORDS, TYPE_WORDS } from '../words.ts';
import { gateWords, reasonWords } from './reason-words.ts';
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

/** Most characters of each part of a card, as Slack counts them: ten cards with all parts at their longest stay within the 13,200
 *  that Slack takes in one message. *Details* shows the whole. */
const LONGEST = { name: 100, oneLiner: 140, reason: 150, note: 100 } as const;

/** One candidate: what it is, its score with the known share, the best reasons, and what can be done. At most three blocks. */
export function companyCard(company: CardCompany, decision: CompanyDecision | null): KnownBlock[] {
  const title = `*${plainTo(company.name, LONGEST.name)}* · ${siteLink(company.domain)}`;
  const fit = `${TYPE_WORDS[company.type]} · fit ${fitWords(company)}`;
  const about = company.oneLiner ? `\n${escapedTo(company.oneLiner, LONGEST.oneLiner)}` : '';
  const reasons = company.reasons
    .map((reason) => `• ${escapedTo(reasonWords(reason), LONGEST.reason)} _(${reason.points} of ${reason.max})_`)
    .join('\n');
  return [section(`${title}\n${fit}${about}\n${reasons}`), ...decisionBlocks(company.companyId, company.name, decision)];
}

/** A company that a decision of the team keeps out of every list, with the way back. */
export function closedCard(company: Pick<Company, 'id' | 'name' | 'domain'>, decision: CompanyDecision, gate: Gate): KnownBlock[] {
  const title = `*${plainTo(company.name, LONGEST.name)}* · ${siteLink(company.domain)}`;
  return [
    section(`${title}\nLeft out of every list: ${escapedTo(gateWords(gate), 300)}`),
    ...decisionBlocks(company.id, company.name, decision),
  ];
}

const OPTED_OUT: ConfirmationDialog = {
  title: text('They asked for silence'),
  text: text('Take this back only if they have told you since that they want to hear from you. Admins only; it is recorded.', 300),
  confirm: text('They Do'),
  deny: text('Leave It'),
};

/** The buttons of an open candidate, or the record of what was decided, with the way back. */
function decisionBlocks(companyId: string, name: string, decision: CompanyDecision | null): KnownBlock[] {
  const details = button(ACTIONS.companyDetails, 'Details', companyId, { accessibility_label: shorten(`Details of ${name}`, 75) });
  if (!decision) {
    return [
      actions(
        `company:${companyId}`,
        button(ACTIONS.companyDraft, LABELS.draftOutreach, companyId, {
          style: 'primary',
          accessibility_label: shorten(`Draft outreach to ${name}`, 75),
        }),
        button(ACTIONS.companyReject, 'Not a Fit', companyId),
        button(ACTIONS.companyLater, LABELS.later, companyId),
        details,
      ),
    ];
  }
  return [context(decisionWords(decision)), actions(`company:${companyId}:${decision.kind}`, ...waysOn(companyId, decision), details)];
}

function waysOn(companyId: string, decision: CompanyDecision): Button[] {
  if (decision.kind === 'pursued') {
    return [button(ACTIONS.companyDraft, 'Open Outreach', companyId), button(ACTIONS.companyReject, 'Not a Fit', companyId)];
  }
  const optedOut = isOptOut(decision);
  return [button(ACTIONS.companyReconsider, LABELS.reconsider, companyId, optedOut ? { confirm: OPTED_OUT } : {})];
}

export function decisionWords(decision: CompanyDecision): string {
  const who = `${person(decision.by)}, ${moment(decision.at)}`;
  if (decision.kind === 'pursued') return `:email: Outreach started by ${who}`;
  if (decision.kind === 'later') return `:zzz: Put off by ${who}; may come back after ${moment(decision.until)}`;
  if (decision.kind === 'partner') return `:handshake: Partner, says ${who}`;
  const note = decision.note ? `: ${escapedTo(decision.note, LONGEST.note)}` : '';
  return `:no_entry_sign: Not a fit, says ${who}. ${REASON_WORDS[decision.reason]}${note}`;
}

/** Every criterion with its points, sentence and the evidence it opens to; what is unknown is said too. */
export function companyDetails(company: Company, fit: Fit, gate: Gate | null, now: Date): KnownBlock[] {
  const head = `*${plain(company.name)}* · ${link(`https://${company.domain}`, company.domain)}`;
  const about = company.description || company.oneLiner;
  const blocks: KnownBlock[] = [section(`${head}\n${about ? escapedTo(about, 1000) : '_No description on file._'}`)];
  if (gate) return [...blocks, section(`:no_entry: Left out of every list: ${escapedTo(gateWords(gate), 1000)}`)];
  const share = `As a ${TYPE_WORDS[fit.type].toLowerCase()}: fit ${fitWords(fit)}`;
  const criteria = [...fit.reasons].sort((a, b) => b.points - a.points);
  const unknown = CRITERION_IDS.filter((id) => !fit.reasons.some(({ criterion }) => criterion === id));
  return [
    ...blocks,
    section(`${share}\nThe score is the points below as a share of what is known: ${pointsSum(fit)}.`),
    ...criteria.flatMap((reason) => reasonBlocks(reason, now)),
    ...(unknown.length > 0 ? [context(`Not known, so not counted: ${unknown.map(criterionName).join(', ')}`)] : []),
  ];
}

function reasonBlocks(reason: Reason, now: Date): KnownBlock[] {
  const { criterion, points, max, evidence } = reason;
  const words = section(`*${criterionName(criterion)}: ${points} of ${max}*\n${escaped(shorten(reasonWords(reason), 400))}`);
  if (evidence.length === 0) return [words];
  return [words, context(...evidence.slice(0, 8).map((fact) => agedWords(fact, now)), ...moreEvidence(evidence.length))];
}

function criterionName(id: string): string {
  return Object.entries(CRITERION_WORDS).find(([key]) => key === id)?.[1] ?? id;
}

export function evidenceWords({ field, value, source, at }: Evidence): string {
  return `${fieldName(field)}: “${escaped(shorten(value, 160))}” – ${sourceWords(source)}, ${at.toISOString().slice(0, 10)}`;
}

/** With its age; what is stale is marked. */
function agedWords(evidence: Evidence, now: Date): string {
  const age = ageWords(evidence.at, now);
  return `${evidenceWords(evidence)} (${isStale(evidence, now) ? `:hourglass: ${age}, counts half as known` : age})`;
}

/** A page opens with a click; a file and its line are named. */
function sourceWords(source: string): string {
  if (!/^https?:\/\//i.test(source) || source.length > 500 || !URL.canParse(source)) return escaped(shorten(source, 100));
  const { href, host, pathname } = new URL(source);
  return `<${href.replace(/[|<>]/g, encodeURIComponent).replaceAll('&', '&amp;')}|${escaped(shorten(`${host}${pathname}`, 60)).replaceAll('|', '¦')}>`;
}

function fieldName(field: string): string {
  return Object.entries(FACT_WORDS).find(([key]) => key === field)?.[1] ?? escaped(field);
}

function pointsSum({ reasons }: Fit): string {
  const points = reasons.reduce((sum, reason) => sum + reason.points, 0);
  const known = reasons.reduce((sum, reason) => sum + reason.max, 0);
  return `${Math.round(points * 10) / 10} of ${Math.round(known * 10) / 10} points`;
}

function moreEvidence(n: number): string[] {
  return n > 8 ? [`and ${n - 8} more`] : [];
}
