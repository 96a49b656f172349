import type { HomeView, KnownBlock } from '@slack/types';
import type { Draft } from '../../src/recruit/outreach/draft.ts';
import { readingBlocks } from '../discover/reading.ts';
import { actions, button } from '../elements.ts';
import { type Beginning, firstSteps } from '../help.ts';
import { ACTIONS } from '../ids.ts';
import { context, divider, header, moment, section } from '../mrkdwn.ts';
import { draftLink, openDraftButton } from '../recruit/draft-page.ts';
import { count } from '../words.ts';
import { settingsSummary } from './setup-form.ts';
import { type SilenceCounts, silenceCounts } from './silence-forms.ts';

/** `open` are the oldest of the `waiting` drafts, as many as are shown. */
export type HomeFacts = Beginning & {
  waiting: number;
  open: Draft[];
  /** To the drafts' cards, by the drafts' ids; null where Slack has not named one. */
  links: Map<string, string | null>;
  silent: SilenceCounts;
};
export const WAITING_SHOWN = 20;

/** The Home tab of a member of the team: what is missing, what waits, what comes next. */
export function homeView({ waiting, open, links, silent, ...beginning }: HomeFacts): HomeView {
  const { programme, companies } = beginning;
  const next = programme.nextDigestAt ? `Next digest ${moment(programme.nextDigestAt)}` : 'No digest is planned';
  return {
    type: 'home',
    blocks: [
      header('Partnerships'),
      ...firstSteps(beginning),
      section(settingsSummary(programme) || 'Find partners, write to them, and decide together, here in Slack.'),
      ...readingBlocks(programme, 'home'),
      context(`${next} · ${count(companies, 'candidate company', 'candidate companies')} on file`),
      divider,
      section(`*Waiting for a decision:* ${waiting === 0 ? 'nothing' : count(waiting, 'draft')}`),
      ...open.map((draft) => waitingLine(draft, links.get(draft.id) ?? null)),
      ...(waiting > open.length ? [context(`and ${waiting - open.length} more: \`/partners outreach\` shows all`)] : []),
      divider,
      actions('home', button(ACTIONS.importOpen, 'Import Companies', 'home'), button(ACTIONS.setupOpen, 'Change Set-up', 'company')),
      context(silenceCounts(silent)),
      context('Type `/partners help` in any channel for all commands.'),
    ],
  };
}

/** One sentence in place of everything: for people of other companies, and when something went wrong. */
export function noticeHome(words: string): HomeView {
  return { type: 'home', blocks: [header('Partnerships'), section(words)] };
}

/** The button decides it also where the card behind the link is gone. */
function waitingLine(draft: Draft, link: string | null): KnownBlock {
  return {
    ...section(`• ${draftLink(draft.companyName, link)}, since ${moment(draft.updatedAt)}`),
    accessory: openDraftButton(draft),
  };
}
