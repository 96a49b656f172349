import type { HomeView, KnownBlock } from '@slack/types';
import type { DigestItem } from '../../src/discover/digest/digest.ts';
import type { WholeInbox } from '../../src/manage/deals/all-waiting.ts';
import type { Deal } from '../../src/manage/deals/deal.ts';
import { EXPIRING_DAYS } from '../../src/manage/deals/protection.ts';
import { type Actor, mayAct } from '../../src/programme/workspaces/role.ts';
import { detailsButton } from '../discover/company-card.ts';
import { readingBlocks } from '../discover/reading.ts';
import { type StandingState, standingBlocks } from '../discover/research-card.ts';
import { actions, button } from '../elements.ts';
import { type Beginning, firstSteps } from '../help.ts';
import { ACTIONS } from '../ids.ts';
import { context, day, divider, header, moment, plainTo, section } from '../mrkdwn.ts';
import { type Due, dueBlocks } from '../onboard/due-checklists.ts';
import { pressable } from '../pressable.ts';
import { type InboxPage, waitingBlocks } from '../recruit/inbox.ts';
import { count, fitWords, TYPE_WORDS } from '../words.ts';
import { settingsSummary } from './setup-form.ts';
import { type SilenceCounts, silenceCounts } from './silence-forms.ts';

/** What is stored that the Home tab of a colleague shows; `inbox` has the oldest of what waits, as many as are shown. */
export type HomeFacts = {
  inbox: WholeInbox;
  silent: SilenceCounts;
  due: Due;
  /** Of the latest digest, those that nobody has decided on. */
  candidates: DigestItem[];
  /** Deals whose protection ends soon, the first, and how many there are; null for who does not decide on them. */
  expiring: { deals: Deal[]; total: number; names: ReadonlyMap<string, string> } | null;
  /** Deals registered in the quarter that began at `since`, of the workspace's days. */
  quarter: { since: Date; registrations: number };
};

export type TeamHome = Beginning &
  HomeFacts & {
    links: InboxPage['links'];
    /** Null without a language model. */
    standing: StandingState | null;
    /** Whose tab it is. */
    actor: Actor;
  };

/** The Home tab of a member of the team: what waits, what is late, who is new, how the quarter goes; then what the team has set. */
export function homeView(facts: TeamHome): HomeView {
  const { programme, companies, inbox, links, silent, standing, actor, due, candidates, expiring, quarter } = facts;
  const next = programme.nextDigestAt ? `Next digest ${moment(programme.nextDigestAt)}` : 'No digest is planned';
  const blocks = [
    header('Partnerships'),
    ...firstSteps(facts),
    ...waitingBlocks(inbox, links),
    divider,
    ...dueBlocks(due),
    ...candidateBlocks(candidates),
    ...(expiring ? expiringBlocks(expiring) : []),
    section(`*This quarter:* ${count(quarter.registrations, 'deal')} registered`),
    divider,
    section(settingsSummary(programme) || 'Find partners, write to them, and decide together, here in Slack.'),
    ...readingBlocks(programme, 'home'),
    ...(standing && mayAct(actor, 'manager') ? standingBlocks(standing) : []),
    context(`${next} · ${count(companies, 'company', 'companies')} on file`),
    actions('home', button(ACTIONS.importOpen, 'Import Companies', 'home'), button(ACTIONS.setupOpen, 'Change Set-up', 'company')),
    context(silenceCounts(silent)),
    context('Type `/partners help` in any channel for all commands.'),
  ];
  return { type: 'home', blocks: pressable(blocks, actor) };
}

function candidateBlocks(candidates: readonly DigestItem[]): KnownBlock[] {
  if (candidates.length === 0) return [];
  return [
    section('*Newest candidates*, not decided yet'),
    ...candidates.map((item): KnownBlock => {
      const words = `• *${plainTo(item.name, 100)}* · ${TYPE_WORDS[item.type]} · ${fitWords(item)}`;
      return { ...section(words), accessory: detailsButton({ id: item.companyId, name: item.name }) };
    }),
  ];
}

function expiringBlocks({ deals, total, names }: NonNullable<HomeFacts['expiring']>): KnownBlock[] {
  const left = total - deals.length;
  return [
    section(`*Deals whose protection ends within ${EXPIRING_DAYS} days:* ${total === 0 ? 'none' : total.toLocaleString('en-GB')}`),
    ...deals.map((deal): KnownBlock => {
      const until = deal.protectedUntil ? ` · until ${day(deal.protectedUntil)}` : '';
      const words = `• *${plainTo(deal.company, 100)}* of ${plainTo(names.get(deal.partnerId) ?? '', 100)}${until}`;
      return { ...section(words), accessory: button(ACTIONS.dealShow, 'Open Deal', deal.id) };
    }),
    ...(left > 0 ? [context(`and ${left.toLocaleString('en-GB')} more: \`/partners deals expiring\` shows all`)] : []),
  ];
}

/** One sentence in place of everything: for people of other companies, and when something went wrong. */
export function noticeHome(words: string): HomeView {
  return { type: 'home', blocks: [header('Partnerships'), section(words)] };
}
