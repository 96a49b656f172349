import type { WebClient } from '@slack/web-api';
import type { Deps } from '../../deps.ts';
import { Refusal } from '../../errors.ts';
import type { TemplateValues } from '../../onboard/mails/partner-mail.ts';
import { findMail } from '../../onboard/mails/partner-mail-repository.ts';
import { sendPartnerMail } from '../../onboard/mails/send-partner-mail.ts';
import { type Partner, type PartnerContact, presentPeople } from '../../onboard/partners/partner.ts';
import { userIdOfContact } from '../../onboard/partners/person-of.ts';
import { type Message, showOnce } from '../post-once.ts';
import { isShown } from '../post-repository.ts';

type Tools = Pick<Deps, 'composeMail' | 'sendMail' | 'mailReady' | 'publicUrl' | 'now'>;
/** `by`: who of theirs it is about most; they get the mail where they have an address, else the main contact. */
type News = { key: string; title: string; message: Message; mail: Omit<TemplateValues['deal-news'], 'url' | 'partner'>; by: string };

/** Tells a partner something of its deals once for each `key`: in its channel, or where that is gone or not sure, by a fixed mail. False when neither
 *  reaches anybody. Throws when it cannot be known yet, and is to be called again. */
export async function tellPartnerNews(client: WebClient, partner: Partner, news: News, tools: Tools): Promise<boolean> {
  return (await tellInChannel(client, partner, news)) || tellByMail(partner, news, tools);
}

/** Which way this reached them already: whatever becomes of the channel, nobody is told the same twice. Null when they were not told; a mail that did
 *  not leave counts as none. */
export async function toldBy(workspaceId: string, key: string): Promise<'channel' | 'mail' | null> {
  if (await isShown(workspaceId, key, new Date(0))) return 'channel';
  const mail = await findMail(workspaceId, key);
  return mail && mail.status !== 'failed' && mail.status !== 'withheld' ? 'mail' : null;
}

async function tellInChannel(client: WebClient, { workspaceId, id, channel }: Partner, { key, title, message }: News): Promise<boolean> {
  const told = await toldBy(workspaceId, key);
  if (told === 'channel') return true;
  if (!channel || told === 'mail') return false;
  const to = { kind: 'partner-channel', channel, shown: { object: 'deal', partnerId: id } } as const;
  try {
    await showOnce(client, { workspaceId, key, to }, title, async () => message);
    return true;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}

async function tellByMail(partner: Partner, { key, mail, by }: News, tools: Tools): Promise<boolean> {
  const contact = contactFor(partner, by);
  if (!contact || !tools.mailReady) return false;
  const { workspaceId, id: partnerId, name } = partner;
  const url = tools.publicUrl ? `${tools.publicUrl}/page/new-link` : '';
  const asked = { workspaceId, partnerId, contactId: contact.id, key, template: 'deal-news' } as const;
  const { status } = await sendPartnerMail({ ...asked, values: async () => ({ ...mail, url, partner: name }) }, tools);
  // Of one that may have left the owner hears by itself.
  return status === 'sent' || status === 'unknown';
}

function contactFor(partner: Partner, by: string): PartnerContact | undefined {
  const reachable = presentPeople(partner).filter(({ email }) => email !== '');
  return reachable.find(({ id, slack }) => userIdOfContact(id) === by || slack?.userId === by) ?? reachable[0];
}
