import { addMinutes, subDays, subHours } from 'date-fns';
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
/** Links that one person is sent in an hour and in a day: the form on the page is open to everybody. What the team sends counts apart, so that nobody
 *  outside can use it up. */
const MOST_LINKS = { hour: 5, day: 10 };

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
  if (!(await mayHaveLink({ workspaceId, partnerId, contactId }, { by: actor.userId, wish: '' }, now())))
    throw new Refusal('too-many-links', { email });
  return { email, name };
}

async function mayHaveLink(owner: PageOwner, { by, wish }: { by: string; wish: string }, at: Date): Promise<boolean> {
  const count = (since: Date) => countLinks(owner, { since, by: by === 'recipient' ? by : 'team', wish });
  const [hour, day] = await Promise.all([count(subHours(at, 1)), count(subDays(at, 1))]);
  return hour < MOST_LINKS.hour && day < MOST_LINKS.day;
}

type Tools = Pick<Deps, 'composeMail' | 'sendMail' | 'publicUrl' | 'now'>;

/** Sends a person the link to their page, once for each `id`; nothing where they have had too many, or the page has no address. Called again because
 *  the mail has not left, it makes the link anew in place of the one that nobody has seen. */
export async function sendLink({ id, by, ...owner }: PageOwner & { id: string; by: string }, tools: Tools): Promise<void> {
  const { publicUrl, now } = tools;
  if (!publicUrl || !(await mayHaveLink(owner, { by, wish: id }, now()))) return;
  const values = async () => {
    const { secret, hash } = newSecret();
    await insertLink(hash, owner, { by, wish: id, createdAt: now(), expiresAt: addMinutes(now(), LINK_MINUTES) });
    return { url: `${publicUrl}/page/link/${secret}`, minutes: String(LINK_MINUTES) };
  };
  await sendPartnerMail({ ...owner, key: `page-link:${id}`, template: 'page-link', values }, tools);
}
