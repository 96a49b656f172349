import type { WebClient } from '@slack/web-api';
import { escaped, section } from '../../../blocks/mrkdwn.ts';
import { pinWords } from '../../../blocks/onboard/channel-part.ts';
import { type DeskFacts, deskMessage, deskRefusedWords, deskTitle, endedWords, goesOnWords } from '../../../blocks/onboard/desk.ts';
import { refusalSentence } from '../../../blocks/refusals.ts';
import { Refusal } from '../../errors.ts';
import { savePinProblem } from '../../onboard/channels/channel-repository.ts';
import { doneCount } from '../../onboard/checklists/checklist.ts';
import { findChecklist } from '../../onboard/checklists/checklist-repository.ts';
import type { Partner } from '../../onboard/partners/partner.ts';
import { getPartner } from '../../onboard/partners/partner-repository.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { findWorkspace } from '../../programme/workspaces/workspace-repository.ts';
import { showOnce } from '../post-once.ts';
import { findPost, forgetPost, type Place } from '../post-repository.ts';
import { slackRefusal } from '../slack-refusal.ts';
import { tellOwner } from './tell-owner.ts';

/** What the desk tells beside its buttons. */
export async function readDeskFacts({ workspaceId, id }: Pick<Partner, 'workspaceId' | 'id'>): Promise<DeskFacts> {
  const [{ company }, workspace, checklist] = await Promise.all([
    getProgramme(workspaceId),
    findWorkspace(workspaceId),
    findChecklist(workspaceId, id),
  ]);
  const progress = checklist && checklist.steps.length > 0 ? { done: doneCount(checklist), total: checklist.steps.length } : null;
  return { company: company?.name ?? workspace?.name ?? 'the company that runs this programme', progress };
}

/** Puts a partner's desk into its channel and pins it there, or brings it up to date; one that somebody deleted is posted again. Nothing where the
 *  partner has no channel. Once the partnership is over the desk loses its buttons and the channel is told so, once. Where the channel may not show
 *  it, and where Slack does not pin it, whoever looks after the partner hears why, once. */
export async function showDesk(client: WebClient, workspaceId: string, partnerId: string): Promise<void> {
  const partner = await getPartner(workspaceId, partnerId);
  const { channel } = partner;
  if (!channel) return;
  try {
    const place = await show(client, partner, channel);
    if (partner.status === 'ended') await sayEnded(client, partner, channel);
    else {
      await sayGoesOn(client, partner);
      await pin(client, partner, place);
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const text = deskRefusedWords(partner, channel, refusalSentence(error.code, error.details));
    const key = `desk-refused:${partnerId}:${channel}:${error.code}`;
    await tellOwner(client, partner, { key, title: text, message: { text, blocks: [section(`:warning: ${text}`)] } });
  }
}

async function show(client: WebClient, { workspaceId, id, name }: Partner, channel: string): Promise<Place> {
  const key = deskKey(id);
  const before = await findPost(workspaceId, key);
  // The partner has moved to another channel.
  if (before && before.channel !== channel) await forgetPost(workspaceId, key, before);
  const target = { workspaceId, key, to: { kind: 'partner-channel', channel, shown: { object: 'partner', partnerId: id } } } as const;
  return showOnce(client, target, deskTitle({ name }), async () => {
    const current = await getPartner(workspaceId, id);
    return deskMessage(current, await readDeskFacts(current));
  });
}

export function deskKey(partnerId: string): string {
  return `desk:${partnerId}`;
}

async function sayEnded(client: WebClient, partner: Partner, channel: string): Promise<void> {
  const { workspaceId, id } = partner;
  const text = endedWords(await readDeskFacts(partner));
  const to = { kind: 'partner-channel', channel, shown: { object: 'partner', partnerId: id } } as const;
  await showOnce(client, { workspaceId, key: endedKey(id), to }, text, async () => ({ text, blocks: [section(text)] }));
}

/** Where the channel was told that it is over, it says there that it goes on; the next end is told anew. */
async function sayGoesOn(client: WebClient, partner: Partner): Promise<void> {
  const { workspaceId, id } = partner;
  const told = await findPost(workspaceId, endedKey(id));
  if (!told) return;
  const text = goesOnWords(await readDeskFacts(partner));
  const to = { kind: 'partner-channel', channel: told.channel, shown: { object: 'partner', partnerId: id } } as const;
  await showOnce(client, { workspaceId, key: endedKey(id), to }, text, async () => ({ text, blocks: [section(text)] }));
  await forgetPost(workspaceId, endedKey(id), told);
}

function endedKey(partnerId: string): string {
  return `ended:${partnerId}`;
}

async function pin(client: WebClient, partner: Partner, { channel, ts }: Place): Promise<void> {
  const { workspaceId, id } = partner;
  const problem = await client.pins.add({ channel, timestamp: ts }).then(
    () => '',
    (error: unknown) => {
      const said = slackRefusal(error);
      if (said === null) throw error;
      return said === 'already_pinned' ? '' : said;
    },
  );
  await savePinProblem(workspaceId, id, problem);
  if (problem === '') return;
  const text = `*${escaped(partner.name)}*: ${pinWords(problem)}`;
  await tellOwner(client, partner, { key: `desk-unpinned:${id}:${problem}`, title: text, message: { text, blocks: [section(text)] } });
}

/** Takes the desk away where it stands, so that it is posted anew: `/partners desk`. */
export async function clearDesk(client: WebClient, workspaceId: string, partnerId: string): Promise<void> {
  await clearPost(client, workspaceId, deskKey(partnerId));
}

/** Takes a message away where it stands. */
export async function clearPost(client: WebClient, workspaceId: string, key: string): Promise<void> {
  const place = await findPost(workspaceId, key);
  if (!place) return;
  const { channel, ts } = place;
  await client.chat.delete({ channel, ts }).catch((error: unknown) => {
    // It is gone already, or stands where we are no more.
    if (slackRefusal(error) === null) throw error;
  });
  await forgetPost(workspaceId, key, place);
}
