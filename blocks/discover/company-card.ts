import type { Button, ConfirmationDialog, KnownBlock, StaticSelect } from '@slack/types';
import type { ShownReason } from '../../src/discover/fit/finding.ts';
import type { Gate } from '../../src/discover/fit/gates.ts';
import { type Company, type CompanyDecision, type CompanyStage, isOptOut } from '../../src/programme/companies/company.ts';
import type { PartnerType } from '../../src/programme/setup/programme.ts';
import { actions, button, option, text } from '../elements.ts';
import { ACTIONS, type ActionId } from '../ids.ts';
import { LABELS } from '../labels.ts';
import { context, escaped, escapedTo, moment, person, plainTo, section, shorten, shortenMrkdwn, siteLink } from '../mrkdwn.ts';
import { CARD, card, collapsed } from '../panels.ts';
import { stageWords } from '../stage-words.ts';
import { fitWords, REASON_WORDS, TYPE_WORDS } from '../words.ts';
import { gateWords, reasonWords } from './reason-words.ts';

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
export function closedCard(
  company: Pick<Company, 'id' | 'name' | 'domain'>,
  decision: CompanyDecision,
  gate: Gate,
  isOnRecord = false,
): KnownBlock[] {
  const title = `*${plainTo(company.name, LONGEST.name)}* · ${siteLink(company.domain)}`;
  return [
    section(`${title}\nLeft out of every list: ${escapedTo(gateWords(gate), 300)}`),
    ...decisionBlocks(company, decision, { isOnRecord }),
  ];
}

const OPTED_OUT: ConfirmationDialog = {
  title: text('They asked for silence'),
  text: text('Take this back only if they have told you since that they want to hear from you. Admins only; it is recorded.', 300),
  confirm: text('They Do'),
  deny: text('Leave It'),
};

type Named = { id: string; name: string };

/** The buttons of an open candidate, or the record of what was decided, with the way back. `isOnRecord`: a partnership runs, so there is none. */
export function decisionBlocks(
  company: Named,
  decision: CompanyDecision | null,
  {
    more = [detailsButton(company)],
    stage,
    isOnRecord = false,
  }: { more?: Button[]; stage?: CompanyStage | undefined; isOnRecord?: boolean } = {},
): KnownBlock[] {
  if (!decision) {
    return [actions(`company:${company.id}`, ...choices(company), ...more)];
  }
  const ways = actions(`company:${company.id}:${decision.kind}`, ...waysOn(company, decision, isOnRecord), ...more);
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

function waysOn(company: Named, decision: CompanyDecision, isOnRecord = false): Button[] {
  if (decision.kind === 'pursued') return [about(company, ACTIONS.companyDraft, 'Open Outreach'), notAFit(company)];
  const optedOut = isOptOut(decision);
  const reconsider = about(company, ACTIONS.companyReconsider, LABELS.reconsider, optedOut ? { confirm: OPTED_OUT } : {});
  // Of one that was marked as partner before there were records, it opens the form of a new one.
  const open = about(company, ACTIONS.companyPartner, LABELS.openPartner);
  return decision.kind === 'partner' ? [open, ...(isOnRecord ? [] : [reconsider])] : [reconsider];
}

/** On the page with room for more: they have agreed, by whatever way. */
export function makePartnerButton(company: Named): Button {
  return about(company, ACTIONS.companyPartner, LABELS.makePartner);
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
