import { TZDate } from '@date-fns/tz';
import type { WebClient } from '@slack/web-api';
import { REMINDER_TITLE, reminderMessage } from '../../../blocks/onboard/reminder.ts';
import { mailReminder } from '../../../jobs/onboard/mail-reminder.ts';
import type { Deps } from '../../deps.ts';
import { markEscalated, type Recipient, type Reminded, type Reminder } from '../../onboard/checklists/due-reminders.ts';
import { findMail } from '../../onboard/mails/partner-mail-repository.ts';
import { localDay } from '../../programme/setup/digest-clock.ts';
import { slackPerson } from '../actor.ts';
import type { Audience } from '../audience.ts';
import { showOnce } from '../post-once.ts';
import { isShown } from '../post-repository.ts';

/** Local hours in which a person is reminded: from nine on, and not at night after an outage. */
const FROM_HOUR = 9;
const TO_HOUR = 18;

/** What a reminder needs of its workspace. `us` is what the company calls itself. */
type Sender = { workspaceId: string; us: string; timeZone: string; at: Date };
type Tools = Pick<Deps, 'enqueue' | 'mailReady' | 'publicUrl'>;

/** Tells one person in their direct messages what waits for them, all of it in one message, once in a day of theirs: the key of the post is the person
 *  and the day, so two workers send it once. Whoever of a partner has no Slack with us gets a mail instead. True when they are told now. Refuses
 *  `reader-external`. */
export async function remind(client: WebClient, { to, about }: Reminder, sender: Sender, tools: Tools): Promise<boolean> {
  const audience = audienceOf(to);
  if (!audience) return to.kind === 'contact' && remindByMail({ to, about }, sender, tools);
  const { workspaceId, us, timeZone, at } = sender;
  const person = await slackPerson(client, workspaceId, audience.userId);
  const zone = person?.tz ?? timeZone;
  if (!isDayTime(at, zone)) return false;
  const key = `remind:${audience.userId}:${localDay(at, zone)}`;
  if (await isShown(workspaceId, key, new Date(0))) return false;
  const message = reminderMessage(about, to.kind === 'owner' ? null : us);
  await showOnce(client, { workspaceId, key, to: audience }, REMINDER_TITLE, async () => message);
  await markEscalated(about, at);
  return true;
}

function isDayTime(at: Date, zone: string): boolean {
  const hour = new TZDate(at, zone).getHours();
  return hour >= FROM_HOUR && hour < TO_HOUR;
}

type ByMail = { to: Extract<Recipient, { kind: 'contact' }>; about: Reminded[] };

/** Once in a day of the workspace: the key of the mail says which. Nobody is written to without an address, nor without a page to go to. */
async function remindByMail(
  { to: { contact, partnerId }, about }: ByMail,
  { workspaceId, timeZone, at }: Sender,
  { enqueue, mailReady, publicUrl }: Tools,
): Promise<boolean> {
  if (!contact.email || !mailReady || !publicUrl || !isDayTime(at, timeZone)) return false;
  const key = `remind:${contact.id}:${localDay(at, timeZone)}`;
  if (await findMail(workspaceId, key)) return false;
  const steps = about.flatMap(({ step: { title, dueOn }, late }) => (dueOn === null ? [] : [{ title, dueOn, late }]));
  await enqueue(mailReminder, { workspaceId, partnerId, contactId: contact.id, key, steps });
  return true;
}

function audienceOf(to: Recipient): Extract<Audience, { userId: string }> | null {
  if (to.kind === 'owner') return { kind: 'person', userId: to.userId };
  const { contact, partnerId } = to;
  return contact.slack && { kind: 'partner-person', userId: contact.slack.userId, partnerId };
}
