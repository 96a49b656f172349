import type { KnownBlock } from '@slack/types';
import { actions, button } from '../elements.ts';
import { ACTIONS } from '../ids.ts';
import { day, escapedTo, plainTo, section } from '../mrkdwn.ts';

type Told = { partnerId: string; sum: string; at: Date; reference: string };
type News = { title: string; text: string; blocks: KnownBlock[] };

/** To a partner that was paid, in its own channel. */
export function paidNews({ partnerId, sum, at, reference }: Told): News {
  const words = `:moneybag: *${plainTo(sum, 60)}* was paid to you ${day(at)}, reference ${escapedTo(reference, 140)}. What it is made of, and why, is behind *Earnings*.`;
  return { title: 'A payout', text: `You were paid ${escapedTo(sum, 60)}`, blocks: withEarnings(words, partnerId) };
}

/** To a partner that was told so, when it is not so. */
export function takenBackNews({ partnerId, sum, at }: Told): News {
  const words = `:leftwards_arrow_with_hook: The payout of *${plainTo(sum, 60)}* that I told you of, ${day(at)}, was taken back. The sum is owed to you again and comes with a later payout. If the money has reached you, say so here.`;
  return {
    title: 'A payout was taken back',
    text: `The payout of ${escapedTo(sum, 60)} was taken back`,
    blocks: withEarnings(words, partnerId),
  };
}

function withEarnings(words: string, partnerId: string): KnownBlock[] {
  return [section(words), actions(`payout-news:${partnerId}`, button(ACTIONS.earningsShow, 'Earnings', partnerId))];
}

export const STATEMENT_SENT = 'The statement of it.';
