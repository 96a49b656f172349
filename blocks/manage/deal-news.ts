import type { Button, KnownBlock } from '@slack/types';
import type { Deal, DealRole } from '../../src/manage/deals/deal.ts';
import { REJECTION_WORDS, ROLE_WORDS } from '../../src/manage/deals/deal-words.ts';
import { ANSWER_DAYS, type Notice, STALL_DAYS, whyNoExtension } from '../../src/manage/deals/protection.ts';
import type { DealNews } from '../../src/onboard/mails/partner-mail.ts';
import type { Partner } from '../../src/onboard/partners/partner.ts';
import { actions, button, text } from '../elements.ts';
import { ACTIONS } from '../ids.ts';
import { context, day, escapedTo, person, plainTo, section, siteLink } from '../mrkdwn.ts';

type News = { title: string; text: string; blocks: KnownBlock[] };
type Told = { deal: Deal; partner: Pick<Partner, 'id' | 'name'>; at: Date };

/** What a notice is news of. */
export function newsOf({ status, history }: Pick<Deal, 'status' | 'history'>, { kind }: Pick<Notice, 'kind'>): DealNews {
  if (kind !== 'ended') return kind;
  if (history.at(-1)?.code === 'partnership-ended') return 'partnership-ended';
  return status === 'won' || status === 'lost' || status === 'withdrawn' || status === 'revoked' ? status : 'expired';
}

/** Until when, or since when no more, in words that stay true whenever they are read. */
function untilWords({ protectedUntil }: Pick<Deal, 'protectedUntil'>): string {
  return protectedUntil ? day(protectedUntil) : '';
}

/** In the partner's channel: nothing internal, and no other partner. */
export function partnerNews({ deal, at }: Told, notice: Pick<Notice, 'kind'>): News {
  const customer = plainTo(deal.company, 150);
  const until = untilWords(deal);
  const asks = whyNoExtension(deal, at);
  const again = 'You can register the account again.';
  const said: Record<DealNews, string> = {
    warned: `:hourglass_flowing_sand: The protection of *${customer}* ends ${until}. ${
      asks === null
        ? 'If that is too soon, ask for more time now; it is given once.'
        : asks === 'no-activity'
          ? 'If that is too soon, log what you did since the approval, then ask for more time; it is given once.'
          : 'It was extended or asked about already.'
    }`,
    stalled: `:zzz: Nothing has been logged on *${customer}* for ${STALL_DAYS} days. Are you still on it? One sentence is enough.`,
    extended: `:white_check_mark: More time for *${customer}*: protected until ${until}.`,
    left: `More time was asked for on *${customer}*. The protection ends ${until} as before.`,
    expired: `The protection of *${customer}* ended ${until}. ${again}`,
    revoked: `The protection of *${customer}* was taken back.${becauseOf(deal)}`,
    'partnership-ended': `The partnership has ended, and the registration of *${customer}* with it.`,
    withdrawn: `The registration of *${customer}* was withdrawn${unanswered(deal)}. ${again}`,
    won: `:tada: *${customer}* is won. Congratulations!`,
    lost: `*${customer}* was closed as lost.`,
  };
  const news = newsOf(deal, notice);
  return message(`About your deal ${escapedTo(deal.company, 150)}`, said[news], [
    ...(news === 'warned' && asks === null ? [button(ACTIONS.dealExtend, 'Ask for More Time', deal.id, { style: 'primary' })] : []),
    ...(news === 'warned' ? [button(ACTIONS.dealLog, 'Log Activity', deal.id)] : []),
    ...(news === 'stalled' ? [button(ACTIONS.dealLog, 'Still on It', deal.id, { style: 'primary' }), withdrawButton(deal)] : []),
    ...(news === 'expired' || news === 'withdrawn' ? [button(ACTIONS.dealOpen, 'Register Again', deal.partnerId)] : []),
    ...(news === 'partnership-ended' ? [] : [button(ACTIONS.dealShow, 'Open Deal', deal.id)]),
  ]);
}

/** To a partner that a manager added to another's deal: nothing of who registered it. */
export function partMessage({ id, company, domain }: Pick<Deal, 'id' | 'company' | 'domain'>, role: DealRole): News {
  const words = `:handshake: You have a part in a deal: *${plainTo(company, 150)}*${domain ? ` · ${siteLink(domain)}` : ''}\nYour part: *${ROLE_WORDS[role]}*`;
  return message('You have a part in a deal', words, [button(ACTIONS.dealShow, 'Open Deal', id)]);
}

function unanswered({ history }: Deal): string {
  return history.at(-1)?.code === 'no-answer' ? `: our question was not answered for ${ANSWER_DAYS} days` : '';
}

/** To the colleague who looks after the partner. `isReached`: whether the partner was told by us. */
export function ownerNews({ deal, partner }: Told, notice: Pick<Notice, 'kind'>, isReached: boolean): News {
  const customer = `*${plainTo(deal.company, 150)}* of ${plainTo(partner.name, 100)}`;
  const until = untilWords(deal);
  const last = deal.history.at(-1);
  const by = last && last.by !== 'system' ? ` by ${last.by.startsWith('crm:') ? 'the CRM' : person(last.by)}` : '';
  const said: Record<DealNews, string> = {
    warned: `:hourglass_flowing_sand: The protection of ${customer} ends ${until}.`,
    stalled: `:zzz: Nothing has been logged on ${customer} for ${STALL_DAYS} days. I asked them once whether they are still on it.`,
    extended: `The protection of ${customer} was extended to ${until}${by}.`,
    left: `The protection of ${customer} ends ${until} as before.`,
    expired: `The protection of ${customer} ended ${until}. The account is free.`,
    revoked: `The protection of ${customer} was taken back${by}.${becauseOf(deal)}`,
    'partnership-ended': `The registration of ${customer} ended with the partnership. The account is free.`,
    withdrawn: `The registration of ${customer} was withdrawn${by}${unanswered(deal)}. The account is free.`,
    won: `:tada: ${customer} is won, closed${by || ' by the calendar'}.`,
    lost: `${customer} is closed as lost${by}.`,
  };
  const news = newsOf(deal, notice);
  const told = isReached
    ? 'They were told the same.'
    : ':warning: I could not tell them: there is no channel, and no mail that reaches them. Tell them yourself.';
  return message(
    `${escapedTo(partner.name, 100)}: ${escapedTo(deal.company, 150)}`,
    said[news],
    [button(ACTIONS.dealShow, 'Open Deal', deal.id)],
    told,
  );
}

/** More time was asked for: to the owner, with the answer once there is one. */
export function extensionCard({ deal, partner }: Told): News {
  const { extension, protectedUntil } = deal;
  const customer = `*${plainTo(deal.company, 150)}*`;
  const asker = extension?.byName ? escapedTo(extension.byName, 100) : 'Somebody';
  const last = deal.activities.at(-1);
  const asked = `${plainTo(partner.name, 100)} asks for more time on ${customer}, which is protected until ${protectedUntil ? day(protectedUntil) : ''}. It is given once: half of the window on top.`;
  const activity = last ? `Last logged, ${day(last.at)}: ${escapedTo(last.words, 500)}` : 'Nothing is logged.';
  const title = `${escapedTo(partner.name, 100)} asks for more time: ${escapedTo(deal.company, 150)}`;
  const isOpen = extension?.answer === 'open' && deal.status === 'approved';
  const outcome =
    extension?.answer === 'granted'
      ? `Extended by ${person(extension.by)}.`
      : extension?.answer === 'left'
        ? `Left as it is by ${person(extension.by)}.`
        : '';
  const buttons = [
    ...(isOpen
      ? [button(ACTIONS.dealGrant, 'Extend', deal.id, { style: 'primary' }), button(ACTIONS.dealLeave, 'Leave as It Is', deal.id)]
      : []),
    button(ACTIONS.dealShow, 'Open Deal', deal.id),
  ];
  const words = isOpen
    ? `${asked}\n${asker} asked. ${activity}`
    : `${title}. ${outcome || 'The deal has moved on; there is nothing to answer.'}`;
  return message(title, words, buttons);
}

function becauseOf({ history }: Pick<Deal, 'history'>): string {
  const { code = '', words = '' } = history.at(-1) ?? {};
  const reason = code in REJECTION_WORDS ? REJECTION_WORDS[code as keyof typeof REJECTION_WORDS] : ''; // a key, as was just seen
  const parts = [reason, escapedTo(words, 1000)].filter(Boolean).join(': ');
  return parts ? ` The reason: ${parts}` : '';
}

/** Asks again before it is done: the account is free at once. */
export function withdrawButton({ id, company }: Pick<Deal, 'id' | 'company'>): Button {
  return button(ACTIONS.dealWithdraw, 'Withdraw', id, {
    confirm: {
      title: text('Withdraw this deal?'),
      text: text(`${company.slice(0, 150)} is free for others at once. This cannot be taken back.`, 300),
      confirm: text('Withdraw', 30),
      deny: text('Keep It', 30),
    },
  });
}

function message(title: string, words: string, buttons: Button[], note?: string): News {
  const row = buttons.length > 0 ? [actions(`deal-news:${buttons.length}`, ...buttons)] : [];
  return { title, text: title, blocks: [section(words), ...(note ? [context(note)] : []), ...row] };
}
