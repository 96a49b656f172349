import type { KnownBlock } from '@slack/types';
import type { Partner } from '../../src/onboard/partners/partner.ts';
import { actions, button, type Modal, modal, textInput } from '../elements.ts';
import { ACTIONS, VIEWS } from '../ids.ts';
import { context, divider, escaped, person, plainTo, section, verbatim } from '../mrkdwn.ts';

export const ASK_TITLE = 'Ask a question';

type Shown = Pick<Partner, 'id' | 'name' | 'owner' | 'status' | 'types'>;

/** What the desk tells beside its buttons. `company` is ours; `progress` how far their checklist is, null while they have none. */
export type DeskFacts = { company: string; progress: { done: number; total: number } | null };

/** In mrkdwn, and without anything that not everybody in the channel may know. */
export function deskTitle({ name }: Pick<Partner, 'name'>): string {
  return `Partner desk of ${plainTo(name, 200)}`;
}

/** The pinned message from which a partner's people reach everything. Once the partnership is over it says so, and has no buttons. */
export function deskMessage(partner: Shown, facts: DeskFacts): { text: string; blocks: KnownBlock[] } {
  const title = deskTitle(partner);
  if (partner.status === 'ended') return { text: title, blocks: [section(`*${title}*\n${endedWords(facts)}`)] };
  return { text: title, blocks: [section(`*${title}*\n${contactWords(partner, facts)}`), ...deskButtons(partner), ...progressLine(facts)] };
}

/** The buttons alone, in answer to one person. */
export function deskAnswer(partner: Shown, facts: DeskFacts): { text: string; blocks: KnownBlock[] } {
  const text = `Here is what you can do with ${plainTo(facts.company, 200)}.`;
  return { text, blocks: [section(text), ...deskButtons(partner), ...progressLine(facts)] };
}

/** Said once in the channel when the partnership ends. */
export function endedWords({ company }: Pick<DeskFacts, 'company'>): string {
  return `The partnership with ${plainTo(company, 200)} has ended. Deals cannot be registered here any more; what you have earned until now stays yours. Ask your contact if something is open.`;
}

/** Said once in the channel when it was taken back that the partnership ends. */
export function goesOnWords({ company }: Pick<DeskFacts, 'company'>): string {
  return `The partnership with ${plainTo(company, 200)} goes on: the desk above works again.`;
}

function contactWords({ owner }: Shown, { company }: DeskFacts): string {
  return `Everything you need as a partner of ${plainTo(company, 200)}. Your contact is ${person(owner)}.`;
}

/** Each person of theirs who presses sees their own company's; who presses is asked of Slack each time. */
function deskButtons({ id, types }: Shown): KnownBlock[] {
  return [
    actions(
      `desk:${id}`,
      button(ACTIONS.dealOpen, 'Register a Deal', id, { style: 'primary' }),
      button(ACTIONS.dealMine, 'My Deals', id),
      button(ACTIONS.earningsShow, 'Earnings', id),
      ...(types.some((type) => type === 'affiliate' || type === 'referral') ? [button(ACTIONS.linksShow, 'My Links', id)] : []),
      button(ACTIONS.checklistShow, 'Checklist', id),
      button(ACTIONS.libraryShow, 'Library', id),
      button(ACTIONS.deskAsk, 'Ask', id),
    ),
  ];
}

function progressLine({ progress }: DeskFacts): KnownBlock[] {
  return progress ? [context(`Checklist: ${progress.done} of ${progress.total} steps done.`)] : [];
}

export const LONGEST_QUESTION = 2000;

export function askForm({ company }: Pick<DeskFacts, 'company'>): Modal {
  return modal(
    ASK_TITLE,
    [
      section(`Your contact at *${plainTo(company, 200)}* reads it and answers you in Slack.`),
      textInput('question', 'Your question', '', { multiline: true, max: LONGEST_QUESTION }),
    ],
    { id: VIEWS.deskAsk, submit: 'Send' },
  );
}

/** For whoever looks after the partner. Names and the question are outside text. */
export function questionNotice(asked: { partner: string; asker: string; question: string; channel: string | null }): {
  text: string;
  blocks: KnownBlock[];
} {
  const { partner, asker, question, channel } = asked;
  const text = `${person(asker)} of *${plainTo(partner, 200)}* asks you something`;
  const where = channel
    ? `Answer in <#${channel}>.`
    : 'They have no channel with us: answer in your direct messages with them, or by mail.';
  return { text, blocks: [section(`${text}:`), divider, ...verbatim(question), divider, context(where)] };
}

export const ASKED_WORDS = 'Your question is on its way to your contact. The answer comes here in Slack.';

export function noChannelWords({ name }: Pick<Partner, 'name'>): string {
  return `*${plainTo(name, 200)}* has no channel yet. Open it with \`/partners show\` and press *Connect a Channel*.`;
}

export function deskAnewWords({ name }: Pick<Partner, 'name'>, channel: string): string {
  return `The desk of *${plainTo(name, 200)}* appears anew in <#${channel}> in a moment. If I may not post it there, I tell you why.`;
}

/** `why`: the sentence of the refusal. */
export function deskRefusedWords({ name }: Pick<Partner, 'name'>, channel: string, why: string): string {
  return `The desk of *${escaped(name)}* cannot stand in <#${channel}>. ${why}`;
}
