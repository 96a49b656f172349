import type { KnownBlock } from '@slack/types';
import type { Goal } from '../../src/measure/qbr/goal.ts';
import { commissionLines, goalLines, openLine, standingLines, stepWords } from '../../src/measure/qbr/qbr-words.ts';
import type { Inside, Pack } from '../../src/measure/qbr/read-pack.ts';
import { amountText } from '../../src/platform/money.ts';
import { actions, button, type Modal, modal, text, textInput } from '../elements.ts';
import { ACTIONS, VIEWS } from '../ids.ts';
import { context, plainTo, section } from '../mrkdwn.ts';
import { count } from '../words.ts';

export const QBR_TITLE = 'QBR pack';
const MOST_OPEN = 8;

/** `words`: the quarter as it was typed. */
type QbrAsked = { partnerId: string; words: string };

/** The pack of a quarter at a glance, with what can be done with it. */
export function qbrView(pack: Pack, inside: Inside, { words, isShareable }: { words: string; isShareable: boolean }): Modal {
  const { partner, quarter, currency, open, won, lost } = pack;
  const value = JSON.stringify({ partnerId: partner.id, words } satisfies QbrAsked);
  const lines = (all: readonly string[]) => all.map((line) => `• ${plainTo(line, 250)}`).join('\n');
  const share = button(ACTIONS.qbrShare, 'Share in Their Channel', value, {
    confirm: {
      title: text('Share the pack?', 100),
      text: text('Everybody in their channel reads it. Costs, notes and what is ours to do are left out.', 300),
      confirm: text('Share', 30),
      deny: text('Cancel', 30),
    },
  });
  const blocks: KnownBlock[] = [
    section(`*${plainTo(partner.name, 100)}*, ${quarter.name}\n${lines(goalLines(pack))}`),
    section(
      `*Next steps*\n${inside.steps.length > 0 ? lines(inside.steps.map((step) => stepWords(step, currency))) : 'Nothing is left open.'}`,
    ),
    section(
      `*Deals*: ${count(open.length, 'open deal')}, ${won.length} won and ${lost.length} lost or ended in the quarter\n${lines(open.slice(0, MOST_OPEN).map(openLine))}`,
    ),
    section(`*Commissions*\n${lines(commissionLines(pack))}`),
    section(`*Standing*\n${lines(standingLines(pack))}`),
    actions(
      `qbr:${partner.id}`,
      button(ACTIONS.qbrFile, 'Send Me the PDF', value),
      button(ACTIONS.qbrTheirs, 'Send Me the Partner’s Version', value),
      ...(isShareable ? [share] : []),
      button(ACTIONS.qbrGoal, 'Set Goal', value),
    ),
    context(
      isShareable
        ? 'Your PDF has a page for the team: costs, notes, what is ours to do. The partner’s version has not.'
        : 'Your PDF has a page for the team; the partner’s version has not. This partner has no shared channel: take its version and mail it yourself.',
    ),
  ];
  return modal(QBR_TITLE, blocks);
}

/** Asks for the goal of a quarter. */
export function goalForm(asked: QbrAsked, { goal, currency, quarter }: Pick<Pack, 'currency' | 'quarter'> & { goal: Goal | null }): Modal {
  const sum = goal && goal.currency === currency ? amountText({ minor: goal.sourcedMinor, currency }) : '';
  return modal(
    QBR_TITLE,
    [
      section(`What the partner sets out to do in *${quarter.name.replace(/ so far$/, '')}*. It reads the goal in the pack you share.`),
      textInput('sourced', `Sourced revenue, ${currency}`, sum, { max: 30, placeholder: '30,000' }),
      textInput('registrations', 'Registrations', goal ? String(goal.registrations) : '', { max: 6, placeholder: '6' }),
    ],
    { id: VIEWS.goal, submit: 'Set Goal', metadata: JSON.stringify(asked) },
  );
}

export const QBR_SENT = 'It is in our direct messages, with the page for the team. The partner’s version is beside it.';
export const QBR_THEIRS_SENT = 'The partner’s version is in our direct messages, without the page for the team. It is yours to pass on.';
export const GOAL_SET = ':white_check_mark: The goal is set. Close this to see it in the pack.';
export const QBR_MESSAGE = 'Our business review of the quarter: goals, deals, commissions, next steps.';
export const QBR_FILE_NOTE =
  'It has a page for the team only: keep it to yourself. *Send Me the Partner’s Version* gives the one to pass on.';

export const QBR_THEIRS_NOTE =
  'The partner’s version: nothing in it is for the team only. Mail it to them yourself, or use *Share in Their Channel* where there is one.';

export function qbrShared(channel: string): string {
  return `:white_check_mark: The pack stands in <#${channel}>.`;
}
