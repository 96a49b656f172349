import { z } from 'zod';
import { noticeModal } from '../../../blocks/elements.ts';
import { invitationWords } from '../../../blocks/onboard/invitation-words.ts';
import { INVITE_TITLE, inviteForm, MODES, PLACES } from '../../../blocks/onboard/invite-form.ts';
import { refusalSentence } from '../../../blocks/refusals.ts';
import { checkChannelJob } from '../../../jobs/onboard/check-channel.ts';
import { invitePartnerJob } from '../../../jobs/onboard/invite-partner.ts';
import type { Deps } from '../../deps.ts';
import { Refusal, type RefusalCode } from '../../errors.ts';
import { type Invitation, isOpenInvitation } from '../../onboard/channels/invitation.ts';
import { findLatestInvitation } from '../../onboard/channels/invitation-repository.ts';
import { confirmAccepter, invitePartner, sendAgain, withdrawInvitation } from '../../onboard/channels/invite-partner.ts';
import { type Partner, presentPeople } from '../../onboard/partners/partner.ts';
import { getPartner } from '../../onboard/partners/partner-repository.ts';
import { contactAddress } from '../../programme/contacts/contact.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import { resolveActor } from '../actor.ts';
import { readChannelFacts } from '../audience.ts';
import { carried, formErrors, formValues } from '../form.ts';
import { type ButtonClick, beforeAck, type ViewSubmission } from '../listener.ts';
import { fillModal, openModal } from '../modal.ts';
import { slackRefusal } from '../slack-refusal.ts';
import { answerAsker } from '../with-fallback.ts';

/** *Connect a Channel*. */
export const onOpenInvite =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await openModal(args, args.body.trigger_id, INVITE_TITLE);
    const actor = await resolveActor(args);
    const partnerId = args.action.value ?? '';
    await authorise(actor, 'manager', { action: 'invitation.send', subject: `partner:${partnerId}`, at: now() });
    const partner = await getPartner(actor.workspaceId, partnerId);
    const open = await findLatestInvitation(actor.workspaceId, partnerId);
    const isTaken = open !== null && isOpenInvitation(open);
    await fillModal(args.client, opened, isTaken ? noticeModal(INVITE_TITLE, invitationWords(open, partner)) : inviteForm(partner));
  };

const Metadata = z.object({ partnerId: z.string() });
const InviteForm = z.object({
  place: z.enum(PLACES, 'Choose where'),
  name: z
    .string()
    .trim()
    .regex(/^[a-z0-9_-]{1,80}$/, 'Use lower-case letters, digits and hyphens, 80 at most')
    .optional(),
  channel: z.string().optional(),
  person: z.string().optional(),
  email: z.string().trim().optional(),
  mode: z.enum(MODES, 'Choose what they may do'),
});
type InviteForm = z.infer<typeof InviteForm>;
type Wrong = Record<string, string>;
/** Where a person mends what the rules refuse. */
const FIELD_OF: Partial<Record<RefusalCode, string>> = {
  'address-suppressed': 'email',
  'channel-of-team': 'channel',
  'channel-of-partner': 'channel',
};

/** Notes the invitation; a job brings it to Slack and tells what became of it. */
export const onInvite =
  ({ enqueue, now }: Deps) =>
  async (submission: ViewSubmission): Promise<void> => {
    const args = beforeAck(submission);
    const { ack, view } = args;
    const form = InviteForm.safeParse(formValues(view));
    if (!form.success) return ack({ response_action: 'errors', errors: formErrors(form.error) });
    const actor = await resolveActor(args);
    const { workspaceId } = actor;
    const { partnerId } = carried(Metadata, view.private_metadata);
    await authorise(actor, 'manager', { action: 'invitation.send', subject: `partner:${partnerId}`, at: now() });
    const partner = await getPartner(workspaceId, partnerId);
    const where = placeIn(form.data);
    const whom = addressIn(form.data, partner);
    const wrong = { ...problem(where), ...problem(whom) };
    if ('wrong' in where || 'wrong' in whom) return ack({ response_action: 'errors', errors: wrong });
    const nobody = whom.email === '' ? await problemWithNobody(args, where.channel) : null;
    if (nobody) return ack({ response_action: 'errors', errors: nobody });
    const given = { partnerId, ...where, ...whom, postOnly: form.data.mode === 'post-only' };
    const invitation = await invitePartner(actor, given, now()).catch((error: unknown) => {
      const field = error instanceof Refusal ? FIELD_OF[error.code] : undefined;
      if (!(error instanceof Refusal) || !field) throw error;
      return { wrong: { [field]: refusalSentence(error.code, error.details) } };
    });
    if ('wrong' in invitation) return ack({ response_action: 'errors', errors: invitation.wrong });
    await enqueue(invitePartnerJob, { workspaceId, invitationId: invitation.id });
    const words = `${invitationWords(invitation, partner)} I tell you in our direct messages what became of it.`;
    await ack({ response_action: 'update', view: noticeModal(INVITE_TITLE, words) });
  };

type Place = Pick<Invitation, 'channel' | 'newChannel'>;

function placeIn({ place, name, channel }: InviteForm): Place | { wrong: Wrong } {
  if (place === 'existing') return channel ? { channel, newChannel: null } : { wrong: { channel: 'Choose the channel' } };
  return name ? { channel: null, newChannel: { name, isPrivate: place === 'private' } } : { wrong: { name: 'Name the new channel' } };
}

/** What was typed counts before who was chosen; neither is nobody, which only a channel takes that is shared with them. */
function addressIn({ place, person, email: typed }: InviteForm, partner: Partner): { email: string } | { wrong: Wrong } {
  if (typed) {
    const email = contactAddress(typed);
    return email ? { email } : { wrong: { email: 'That is no e-mail address: give one such as dana@example.com' } };
  }
  const email = presentPeople(partner).find(({ id }) => id === person)?.email ?? '';
  return email === '' && place !== 'existing' ? { wrong: { email: 'Name the person to invite' } } : { email };
}

function problem(read: object): Wrong {
  return 'wrong' in read ? (read.wrong as Wrong) : {}; // what the two above answer
}

/** Without a person to invite, the channel must be shared with one other company. */
async function problemWithNobody({ client, context }: ViewSubmission, channel: string | null): Promise<Wrong | null> {
  const facts = await readChannelFacts(client, context.teamId ?? '', channel ?? '').catch((error: unknown) => {
    if (error instanceof Refusal || slackRefusal(error)) return null;
    throw error;
  });
  if (!facts) return { channel: 'I cannot see that channel. Invite me there with /invite @Partnerships, then press Invite again' };
  if (facts.teams.length === 0) return { email: 'That channel is shared with nobody yet: name the person to invite' };
  return facts.teams.length > 1
    ? { email: 'Several companies are in that channel: name the person to invite, or choose another one' }
    : null;
}

/** *Send Again*. */
export const onSendAgain =
  ({ enqueue, now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const actor = await resolveActor(args);
    const { workspaceId } = actor;
    const invitation = await sendAgain(actor, args.action.value ?? '', now());
    await enqueue(invitePartnerJob, { workspaceId, invitationId: invitation.id });
    const text = `${invitationWords(invitation, await getPartner(workspaceId, invitation.partnerId))} I tell you here what became of it.`;
    await answerAsker(args, { text }, false);
  };

/** *Withdraw* and *Disconnect*: here for good, and in Slack where it lets us. */
export const onWithdraw =
  ({ enqueue, now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const actor = await resolveActor(args);
    const takeBack = async ({ inviteId }: Invitation) => {
      if (!inviteId) return false;
      const declined = args.client.conversations.declineSharedInvite({ invite_id: inviteId });
      return declined.then(
        () => true,
        (error: unknown) => {
          if (slackRefusal(error) === null) throw error;
          return false;
        },
      );
    };
    const { invitation } = await withdrawInvitation(actor, args.action.value ?? '', takeBack, now());
    const { workspaceId } = actor;
    await enqueue(checkChannelJob, { workspaceId, partnerId: invitation.partnerId });
    await answerAsker(args, { text: invitationWords(invitation, await getPartner(actor.workspaceId, invitation.partnerId)) }, false);
  };

/** *This Is Them*. */
export const onConfirmAccepter =
  ({ enqueue, now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const actor = await resolveActor(args);
    const { workspaceId } = actor;
    const { partnerId, reason, ...invitation } = await confirmAccepter(actor, args.action.value ?? '', now());
    await enqueue(checkChannelJob, { workspaceId, partnerId });
    const partner = await getPartner(workspaceId, partnerId);
    await answerAsker(args, { text: invitationWords({ ...invitation, partnerId, reason: '' }, partner) }, false);
  };
