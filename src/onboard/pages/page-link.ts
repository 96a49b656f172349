import { addMinutes, subHours } from 'date-fns';
import type { Deps } from '../../deps.ts';
import { Refusal } from '../../errors.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { keysOfAddress } from '../../programme/suppression/suppression.ts';
import { findSuppression } from '../../programme/suppression/suppression-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { sendPartnerMail } from '../mails/send-partner-mail.ts';
import { presentPeople } from '../partners/partner.ts';
import { getPartner } from '../partners/partner-repository.ts';
import { countLinks, insertLink, type PageOwner } from './page-link-repository.ts';
import { newSecret } from './secret.ts';

/** How long a link may be used. */
export const LINK_MINUTES = 15;
/** Links that one person is sent in an hour: the form on the page is open to everybody. */
const MOST_LINKS = 5;

/** Whether a person can be sent a link now, so that whoever presses *Send Page Link* hears at once what is in the way. Refuses `role-needed`,
 *  `partner-ended`, `setting-missing`, `setup-incomplete`, `person-left`, `address-suppressed` and `too-many-links`. Sends nothing. */
export async function demandLinkPossible(
  actor: Actor,
  { partnerId, contactId }: Pick<PageOwner, 'partnerId' | 'contactId'>,
  { publicUrl, mailReady, now }: Pick<Deps, 'publicUrl' | 'mailReady' | 'now'>,
): Promise<{ email: string; name: string }> {
  const { workspaceId } = actor;
  await authorise(actor, 'manager', { action: 'page-link.send', subject: `partner:${partnerId}`, at: now() });
  const partner = await getPartner(workspaceId, partnerId);
  if (partner.status === 'ended') throw new Refusal('partner-ended', { name: partner.name });
  if (!publicUrl) throw new Refusal('setting-missing', { name: 'PUBLIC_URL' });
  if (!mailReady) throw new Refusal('setting-missing', { name: 'SMTP_URL' });
  const contact = presentPeople(partner).find(({ id }) => id === contactId);
  if (!contact?.email) throw new Refusal('person-left');
  if (!(await getProgramme(workspaceId)).sender) throw new Refusal('setup-incomplete', { step: 'sender' });
  const { email, name } = contact;
  const silence = await findSuppression(workspaceId, keysOfAddress(email));
  if (silence) throw new Refusal('address-suppressed', { email, reason: silence.reason, day: silence.at.toISOString().slice(0, 10) });
  if (!(await mayHaveLink({ workspaceId, partnerId, contactId }, now()))) throw new Refusal('too-many-links', { email });
  return { email, name };
}

async function mayHaveLink(owner: PageOwner, at: Date): Promise<boolean> {
  return (await countLinks(owner, subHours(at, 1))) < MOST_LINKS;
}

type Tools = Pick<Deps, 'composeMail' | 'sendMail' | 'publicUrl' | 'now'>;

/** Sends a person the link to their page, once for each `id`; nothing where they have had too many, or the page has no address. Called again after a
 *  crash, it makes a link anew: nobody has seen the one that was lost. */
export async function sendLink({ id, by, ...owner }: PageOwner & { id: string; by: string }, tools: Tools): Promise<void> {
  const { publicUrl, now } = tools;
  if (!publicUrl || !(await mayHaveLink(owner, now()))) return;
  const { secret, hash } = newSecret();
  await insertLink(hash, owner, { by, createdAt: now(), expiresAt: addMinutes(now(), LINK_MINUTES) });
  const values = { url: `${publicUrl}/page/link/${secret}`, minutes: String(LINK_MINUTES) };
  await sendPartnerMail({ ...owner, key: `page-link:${id}`, template: 'page-link', values }, tools);
}
