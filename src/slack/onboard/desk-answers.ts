import type { WebClient } from '@slack/web-api';
import { deskAnewWords, deskAnswer, deskTitle, noChannelWords } from '../../../blocks/onboard/desk.ts';
import { showDeskJob } from '../../../jobs/onboard/show-desk.ts';
import type { Deps } from '../../deps.ts';
import { Refusal } from '../../errors.ts';
import { demandPartner } from '../../onboard/partners/demand-partner.ts';
import { mayStandIn } from '../../onboard/partners/may-show.ts';
import type { Partner } from '../../onboard/partners/partner.ts';
import { getPartnerNamed, listPartnersIn } from '../../onboard/partners/partner-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor, PartnerPerson } from '../../programme/workspaces/role.ts';
import { replyPrivately, whisper } from '../answer-error.ts';
import { placeOf } from '../audience.ts';
import { showOnce } from '../post-once.ts';
import { clearDesk, readDeskFacts } from './partner-desk.ts';

/** Answers somebody of a partner who mentioned the bot in a channel with the desk's buttons: in the thread where all in the channel may see them, else
 *  for them alone. */
export async function answerInChannel(
  client: WebClient,
  actor: PartnerPerson,
  { channel, ts, threadTs }: { channel: string; ts: string; threadTs: string | undefined },
): Promise<void> {
  const { workspaceId, userId: user } = actor;
  const partner = await demandPartner(actor);
  const answer = deskAnswer(partner, await readDeskFacts(partner));
  const shown = { object: 'partner', partnerId: partner.id } as const;
  const place = await placeOf(client, workspaceId, channel);
  if (!mayStandIn(shown, place)) return replyPrivately(client, { workspaceId, channel, user, threadTs }, answer);
  const to = { kind: 'partner-channel', channel, shown } as const;
  const thread = async () => ({ channel, ts: threadTs ?? ts, link: null });
  await showOnce(client, { workspaceId, key: `desk-answer:${channel}:${ts}`, to, thread }, deskTitle(partner), async () => answer);
}

/** The same in their direct messages with the bot, which nobody else reads. */
export async function answerDirectly(client: WebClient, actor: PartnerPerson): Promise<void> {
  const partner = await demandPartner(actor);
  await whisper(client, { workspaceId: actor.workspaceId, user: actor.userId }, deskAnswer(partner, await readDeskFacts(partner)));
}

/** `/partners desk [NAME]`: posts a partner's desk anew in its channel; without a name, that of the channel it is typed in. Refuses `role-needed`,
 *  `partner-unknown`, `partner-ended` and `word-needed`. */
export async function deskAgain(
  { actor, words, channel }: { actor: Actor; words: string; channel: string | null },
  { enqueue, now, slackFor }: Deps,
): Promise<{ text: string }> {
  const { workspaceId } = actor;
  await authorise(actor, 'manager', { action: 'desk.show', subject: 'partner:desk', at: now() });
  const partner = await partnerMeant(workspaceId, words, channel);
  if (partner.status === 'ended') throw new Refusal('partner-ended', { name: partner.name });
  if (!partner.channel) return { text: noChannelWords(partner) };
  await clearDesk(await slackFor(workspaceId), workspaceId, partner.id);
  await enqueue(showDeskJob, { workspaceId, partnerId: partner.id });
  return { text: deskAnewWords(partner, partner.channel) };
}

async function partnerMeant(workspaceId: string, words: string, channel: string | null): Promise<Partner> {
  if (words === '') {
    const [only, ...others] = channel ? await listPartnersIn(workspaceId, channel) : [];
    if (!only || others.length > 0) throw new Refusal('word-needed', { usage: '/partners desk Acme' });
    return only;
  }
  return getPartnerNamed(workspaceId, words);
}
