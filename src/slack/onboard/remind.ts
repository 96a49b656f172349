import { TZDate } from '@date-fns/tz';
import type { WebClient } from '@slack/web-api';
import { REMINDER_TITLE, reminderMessage } from '../../../blocks/onboard/reminder.ts';
import { markEscalated, type Recipient, type Reminder } from '../../onboard/checklists/due-reminders.ts';
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

/** Tells one person in their direct messages what waits for them, all of it in one message, once in a day of theirs: the key of the post is the person
 *  and the day, so two workers send it once. Slack alone: whoever has no Slack with us is passed over. True when they were told now. Refuses
 *  `reader-external`. */
export async function remind(client: WebClient, { to, about }: Reminder, { workspaceId, us, timeZone, at }: Sender): Promise<boolean> {
  const audience = audienceOf(to);
  if (!audience) return false;
  const person = await slackPerson(client, workspaceId, audience.userId);
  const zone = person?.tz ?? timeZone;
  const hour = new TZDate(at, zone).getHours();
  if (hour < FROM_HOUR || hour >= TO_HOUR) return false;
  const key = `remind:${audience.userId}:${localDay(at, zone)}`;
  if (await isShown(workspaceId, key, new Date(0))) return false;
  const message = reminderMessage(about, to.kind === 'owner' ? null : us);
  await showOnce(client, { workspaceId, key, to: audience }, REMINDER_TITLE, async () => message);
  await markEscalated(about, at);
  return true;
}

function audienceOf(to: Recipient): Extract<Audience, { userId: string }> | null {
  if (to.kind === 'owner') return { kind: 'person', userId: to.userId };
  const { contact, partnerId } = to;
  return contact.slack && { kind: 'partner-person', userId: contact.slack.userId, partnerId };
}
