import { randomUUID } from 'node:crypto';
import { addMinutes } from 'date-fns';
import type { Deps } from '../../deps.ts';
import { recordAudit } from '../../programme/audit/audit-repository.ts';
import { holdsEncodedWord, isOneLine } from '../../programme/setup/header-text.ts';
import type { Sender } from '../../programme/setup/programme.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { keysOfAddress } from '../../programme/suppression/suppression.ts';
import { findSuppression } from '../../programme/suppression/suppression-repository.ts';
import { NOT_CONNECTED } from '../../recruit/mail/mail.ts';
import { keepOptOutLink, newOptOutToken } from '../../recruit/opt-out/opt-out-link-repository.ts';
import { type PartnerContact, presentPeople } from '../partners/partner.ts';
import { getPartner } from '../partners/partner-repository.ts';
import { type MailNames, mailWords } from './mail-words.ts';
import type { PartnerMail, PartnerTemplate, TemplateValues } from './partner-mail.ts';
import { claimMail, isMailLeased, markMailHandedOver, openMail, settleMail } from './partner-mail-repository.ts';

/** Longer than all that happens before the mail server is ready, and longer than it may take to answer: as for outreach (`send-draft.ts`). */
const LEASE_MINUTES = 3;
const ANSWER_MINUTES = 5;

type Tools = Pick<Deps, 'composeMail' | 'sendMail' | 'publicUrl' | 'now'>;
type Asked<Template extends PartnerTemplate> = Pick<PartnerMail, 'workspaceId' | 'partnerId' | 'contactId' | 'key'> & {
  template: Template;
  /** Asked for when this worker has the mail and is about to write it. */
  values: () => Promise<TemplateValues[Template]>;
};

/** Sends a partner's own person one mail from a fixed template, once for each `key`, whoever asks and however often. The only way such a mail
 *  leaves. It is withheld from people who have left or asked for silence, and once the partnership has ended, except for
 *  the news that a deal is over and of payouts. When the server puts it off, or another
 *  worker has it, this throws and is to be called again; when nobody can tell whether it left, it is not tried again: `tell-lost-mail` tells the
 *  owner. Returns the mail as it stands. */
export async function sendPartnerMail<Template extends PartnerTemplate>(asked: Asked<Template>, tools: Tools): Promise<PartnerMail> {
  const { now } = tools;
  const { values, ...rest } = asked;
  const mail = await openMail(rest, now());
  if (mail.status === 'handed-over') return settleLost(mail, now());
  if (mail.status !== 'open' && mail.status !== 'claimed') return mail;
  const claim = randomUUID();
  if (!(await claimMail(mail, { claim, leaseUntil: addMinutes(now(), LEASE_MINUTES), at: now() })))
    throw new Error('another worker has this mail');
  const reach = await reachOf(mail);
  if ('withheld' in reach) return settle(mail, { status: 'withheld', reason: reach.withheld }, now());
  const bytes = await compose(asked, reach, mail.id, tools);
  let isHandedOver = false;
  const result = await tools.sendMail({ from: reach.sender.address, to: reach.contact.email }, bytes, async () => {
    isHandedOver = await handOver(mail, claim, now);
    return isHandedOver;
  });
  switch (result.outcome) {
    case 'sent':
      return settle(mail, { status: 'sent', reason: '' }, now());
    case 'failed':
      return settle(mail, { status: 'failed', reason: codesIn(result.reason) }, now());
    case 'unknown':
      return settle(mail, { status: 'unknown', reason: codesIn(result.reason) }, now());
    case 'held':
    case 'retry':
      // A server may put a mail off once it has all of it.
      await settleMail(mail, [isHandedOver ? 'handed-over' : 'claimed'], { status: 'open', reason: '' }, now());
      throw new Error('a mail to a partner has not left yet');
  }
}

/** A mail server's words may name the person; its codes do not. Source: RFC 5321, section 4.2; RFC 3463. */
function codesIn(reason: string): string {
  if (reason === NOT_CONNECTED) return reason;
  return /\b[245]\d\d\b(?:[ -][245]\.\d{1,3}\.\d{1,3}\b)?/.exec(reason)?.[0] ?? 'no-code';
}

/** A mail whose worker is gone after the server was ready for it; throws while the worker may still be there. */
export async function settleLost(mail: PartnerMail, at: Date): Promise<PartnerMail> {
  if (await isMailLeased(mail, at)) throw new Error('another worker has this mail');
  const isWithServer = mail.status === 'handed-over';
  return settle(mail, isWithServer ? { status: 'unknown', reason: 'process-stopped' } : { status: 'failed', reason: 'gave-up' }, at);
}

type Reach = { contact: PartnerContact; sender: Sender; names: MailNames };

/** Whether the person may be written to at this moment, and who writes. */
async function reachOf({ workspaceId, partnerId, contactId, template }: PartnerMail): Promise<Reach | { withheld: string }> {
  const [partner, { sender, company }] = await Promise.all([getPartner(workspaceId, partnerId), getProgramme(workspaceId)]);
  const contact = presentPeople(partner).find(({ id }) => id === contactId);
  // That the protection of a deal is over is said all the same, and so is what was paid.
  if (partner.status === 'ended' && template !== 'deal-news' && template !== 'payout') return { withheld: 'partner-ended' };
  if (!contact?.email) return { withheld: 'person-left' };
  if (!sender || !company) return { withheld: 'setup-incomplete' };
  if (await findSuppression(workspaceId, keysOfAddress(contact.email))) return { withheld: 'address-suppressed' };
  const person = isOneLine(contact.name) && !holdsEncodedWord(contact.name) ? contact.name : '';
  return { contact, sender, names: { company: company.name, sender: sender.name, postalAddress: sender.postalAddress, person } };
}

/** With the opt-out that every mail of ours has. */
async function compose<Template extends PartnerTemplate>(
  { workspaceId, template, values }: Asked<Template>,
  { contact, sender, names }: Reach,
  id: string,
  { composeMail, publicUrl, now }: Tools,
): Promise<Buffer> {
  const optOutToken = newOptOutToken();
  await keepOptOutLink({ workspaceId, contact, language: 'en', optOutToken }, now());
  const mailto = `mailto:${sender.address}?subject=stop%20${optOutToken}`;
  return composeMail({
    messageId: `${id}@${sender.address.split('@')[1]}`,
    from: { name: sender.name, address: sender.address },
    to: { name: names.person, address: contact.email },
    ...mailWords(template, await values(), names),
    references: [],
    optOut: { url: publicUrl && `${publicUrl}/optout/${optOutToken}`, mailto },
    date: now(),
  });
}

/** The last look before the message is on the line. */
async function handOver(mail: PartnerMail, claim: string, now: () => Date): Promise<boolean> {
  if ('withheld' in (await reachOf(mail))) return false;
  return markMailHandedOver(mail, { claim, leaseUntil: addMinutes(now(), ANSWER_MINUTES), at: now() });
}

async function settle(mail: PartnerMail, to: Pick<PartnerMail, 'status' | 'reason'>, at: Date): Promise<PartnerMail> {
  const { id, workspaceId, partnerId, contactId, template } = mail;
  const settled = await settleMail(mail, ['open', 'claimed', 'handed-over'], to, at);
  if (!settled) return mail;
  const after = { template, contactId, ...to };
  await recordAudit({
    id: `${id}:${to.status}`,
    workspaceId,
    by: 'system',
    at,
    action: 'partner-mail.settle',
    subject: `partner:${partnerId}`,
    after,
  });
  return settled;
}
