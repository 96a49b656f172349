import type { HomeView } from '@slack/types';
import { type Actor, mayAct } from '../../src/programme/workspaces/role.ts';
import type { Inbox } from '../../src/recruit/pipeline/waiting.ts';
import { readingBlocks } from '../discover/reading.ts';
import { type StandingState, standingBlocks } from '../discover/research-card.ts';
import { actions, button } from '../elements.ts';
import { type Beginning, firstSteps } from '../help.ts';
import { ACTIONS } from '../ids.ts';
import { context, divider, header, moment, section } from '../mrkdwn.ts';
import { pressable } from '../pressable.ts';
import { type InboxPage, waitingBlocks } from '../recruit/inbox.ts';
import { count } from '../words.ts';
import { settingsSummary } from './setup-form.ts';
import { type SilenceCounts, silenceCounts } from './silence-forms.ts';

/** `inbox` has the oldest of what waits, as many as are shown. */
export type HomeFacts = Beginning & {
  inbox: Inbox;
  links: InboxPage['links'];
  silent: SilenceCounts;
  /** Null without a language model. */
  standing: StandingState | null;
  /** Whose tab it is. */
  actor: Actor;
};
export const WAITING_SHOWN = 20;

/** The Home tab of a member of the team: what is missing, what waits, what comes next. */
export function homeView({ inbox, links, silent, standing, actor, ...beginning }: HomeFacts): HomeView {
  const { programme, companies } = beginning;
  const next = programme.nextDigestAt ? `Next digest ${moment(programme.nextDigestAt)}` : 'No digest is planned';
  const blocks = [
    header('Partnerships'),
    ...firstSteps(beginning),
    section(settingsSummary(programme) || 'Find partners, write to them, and decide together, here in Slack.'),
    ...readingBlocks(programme, 'home'),
    ...(standing && mayAct(actor, 'manager') ? standingBlocks(standing) : []),
    context(`${next} · ${count(companies, 'company', 'companies')} on file`),
    divider,
    ...waitingBlocks(inbox, links),
    divider,
    actions('home', button(ACTIONS.importOpen, 'Import Companies', 'home'), button(ACTIONS.setupOpen, 'Change Set-up', 'company')),
    context(silenceCounts(silent)),
    context('Type `/partners help` in any channel for all commands.'),
  ];
  return { type: 'home', blocks: pressable(blocks, actor) };
}

/** One sentence in place of everything: for people of other companies, and when something went wrong. */
export function noticeHome(words: string): HomeView {
  return { type: 'home', blocks: [header('Partnerships'), section(words)] };
}
