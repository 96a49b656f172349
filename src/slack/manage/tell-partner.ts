import type { WebClient } from '@slack/web-api';
import type { Deps } from '../../deps.ts';
import { Refusal } from '../../errors.ts';
import type { NewsTemplate, TemplateValues } from '../../onboard/mails/partner-mail.ts';
import { findMail } from '../../onboard/mails/partner-mail-repository.ts';
import { sendPartnerMail } from '../../onboard/mails/send-partner-mail.ts';
import type { Shown } from '../../onboard/partners/may-show.ts';
import { type Partner, type PartnerContact, presentPeople } from '../../onboard/partners/partner.ts';
import { userIdOfContact } from '../../onboard/partners/person-of.ts';
import { type Message, showOnce } from '../post-once.ts';
import { findPost, isShown } from '../post-repository.ts';

export type TellTools = Pick<Deps, 'composeMail' | 'sendMail' | 'mailReady' | 'publicUrl' | 'log' | 'now'>;
/** `mail` is what says the same where no channel reaches them; `url` leads to their page, and is empty where there is none. `by`: who of theirs it is about
 *  most; they get the mail where they have an address, else the main contact. */
type News<Template extends NewsTemplate> = {
  key: string;
  title: string;
  render: () => Promise<Message>;
  /** What is shown. */
  object?: Shown['object'];
  mail: { template: Template; values: (url: string) => TemplateValues[Template] };
  by: string;
};

/** Tells a partner something, of its deals where nothing else is said, once for each `key`: in its channel, or where that is gone or not sure, by a fixed mail. What stands in its
 *  channel already is brought up to date there. Nobody is told the same twice, whatever becomes of the channel. False when neither reaches anybody.
 *  Throws when it cannot be known yet, and is to be called again. */
export async function tellPartner<Template extends NewsTemplate>(
  client: WebClient,
  partner: Partner,
  news: News<Template>,
  tools: TellTools,
): Promise<boolean> {
  const told = await toldBy(partner.workspaceId, news.key);
  // In a channel that is theirs no more it stays as it was.
  if (told === 'channel' && (await findPost(partner.workspaceId, news.key))?.channel !== partner.channel) return true;
  if (told !== 'mail' && (await tellInChannel(client, partner, news, tools))) return true;
  return told === 'channel' || tellByMail(partner, news, tools);
}

/** Which way this reached them already. Null when they were not told; a mail that did not leave counts as none. */
export async function toldBy(workspaceId: string, key: string): Promise<'channel' | 'mail' | null> {
  if (await isShown(workspaceId, key, new Date(0))) return 'channel';
  const mail = await findMail(workspaceId, key);
  return mail && mail.status !== 'failed' && mail.status !== 'withheld' ? 'mail' : null;
}

async function tellInChannel(
  client: WebClient,
  { workspaceId, id, channel }: Partner,
  { key, title, render, object = 'deal' }: Pick<News<NewsTemplate>, 'key' | 'title' | 'render' | 'object'>,
  { log }: TellTools,
): Promise<boolean> {
  if (!channel) return false;
  const to = { kind: 'partner-channel', channel, shown: { object, partnerId: id } } as const;
  try {
    await showOnce(client, { workspaceId, key, to }, title, render);
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    log.warn({ workspace: workspaceId, partner: id, code: error.code }, 'a partner was not told in its channel');
    return false;
  }
}

async function tellByMail<Template extends NewsTemplate>(
  partner: Partner,
  { key, mail, by }: News<Template>,
  tools: TellTools,
): Promise<boolean> {
  const contact = contactFor(partner, by);
  if (!contact || !tools.mailReady) return false;
  const url = tools.publicUrl ? `${tools.publicUrl}/page/new-link` : '';
  const asked = { workspaceId: partner.workspaceId, partnerId: partner.id, contactId: contact.id, key, template: mail.template };
  const { status } = await sendPartnerMail({ ...asked, values: async () => mail.values(url) }, tools);
  // Of one that may have left the owner hears by itself.
  return status === 'sent' || status === 'unknown';
}

function contactFor(partner: Partner, by: string): PartnerContact | undefined {
  const reachable = presentPeople(partner).filter(({ email }) => email !== '');
  return reachable.find(({ id, slack }) => userIdOfContact(id) === by || slack?.userId === by) ?? reachable[0];
}
