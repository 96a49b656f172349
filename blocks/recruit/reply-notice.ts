import type { KnownBlock } from '@slack/types';
import type { Reply, ReplyKind } from '../../src/recruit/replies/reply.ts';
import { actions } from '../elements.ts';
import { plain, section, shorten } from '../mrkdwn.ts';
import { readReplyButton } from './pipeline.ts';
import { REPLY_WORDS } from './reply-card.ts';

/** After these the product has done all there is to do. */
const SETTLED: readonly ReplyKind[] = ['opt-out', 'complaint'];

type Told = Pick<Reply, 'id' | 'companyName' | 'kind'>;

/** What a notification says; mrkdwn. */
export function replyNoticeTitle({ companyName, kind }: Pick<Told, 'companyName' | 'kind'>): string {
  return `A reply from ${plain(shorten(companyName, 100))}: ${REPLY_WORDS[kind]}`;
}

/** For whoever started or approved the message it answers: who replied and how it was understood, and the way to it; none of its text. */
export function replyNotice(reply: Told, link: string | null): { text: string; blocks: KnownBlock[] } {
  const text = replyNoticeTitle(reply);
  const isSettled = SETTLED.includes(reply.kind);
  const inThread = link ? `<${link}|Open it in its thread>` : '';
  const way = isSettled
    ? `Nothing more is sent to them, and nothing is left to do. ${inThread}`.trim()
    : inThread
      ? `${inThread}: the next steps are there.`
      : '`/partners inbox` has the next steps.';
  return {
    text,
    blocks: [section(`:incoming_envelope: *${text}*\n${way}`), actions(`told:${reply.id}`, readReplyButton(reply.id, reply.companyName))],
  };
}
