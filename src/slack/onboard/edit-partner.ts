import { z } from 'zod';
import type { Modal } from '../../../blocks/elements.ts';
import {
  alreadyTheirs,
  CHANGED_MEANWHILE,
  EDIT_TITLE,
  editPartnerForm,
  HAS_LEFT,
  NOBODY_OF_THEIRS,
  NOTE_TITLE,
  noteForm,
  PERSON_TITLE,
  personForm,
} from '../../../blocks/onboard/partner-forms.ts';
import { refusalSentence } from '../../../blocks/refusals.ts';
import type { Deps } from '../../deps.ts';
import { Refusal } from '../../errors.ts';
import { partnerDomains } from '../../onboard/partners/add-partner.ts';
import { addNote, editPartner, savePerson } from '../../onboard/partners/edit-partner.ts';
import type { Partner, PartnerContact } from '../../onboard/partners/partner.ts';
import { PartnerEdit, PersonGiven } from '../../onboard/partners/partner-given.ts';
import { findHolder, getPartner } from '../../onboard/partners/partner-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import { resolveActor, slackPerson } from '../actor.ts';
import { carried, formErrors, formValues } from '../form.ts';
import { type ButtonClick, beforeAck, type ViewSubmission } from '../listener.ts';
import { fillModal, keepOpen, pushModal } from '../modal.ts';
import { Origin, originOf } from '../origin.ts';
import { problemWithOwner } from './add-partner.ts';
import { afterPartnerChange } from './after-partner-change.ts';
import { PARTNER_TITLE, partnerModal, showAgain } from './show-partner.ts';

/** A form about one partner, opened from its card by a manager. */
export const partnerForm =
  (title: string, action: string, form: (partner: Partner, metadata: object, args: ButtonClick) => Modal) =>
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, title);
    const actor = await resolveActor(args);
    const [partnerId = '', contactId = null] = chosenIn(args.action).split('|');
    await authorise(actor, 'manager', { action, subject: `partner:${partnerId}`, at: now() });
    const partner = await getPartner(actor.workspaceId, partnerId);
    const metadata = { partnerId, rev: partner.rev, contactId, origin: originOf(args.body) };
    await fillModal(args.client, opened, form(partner, metadata, args));
  };

/** A button's value, or that of the chosen option. */
const Chosen = z.union([z.object({ value: z.string() }), z.object({ selected_option: z.object({ value: z.string() }) })]);

function chosenIn(action: unknown): string {
  const chosen = Chosen.catch({ value: '' }).parse(action);
  return 'value' in chosen ? chosen.value : chosen.selected_option.value;
}

export const onOpenEditPartner = partnerForm(EDIT_TITLE, 'partner.edit', (partner, metadata) =>
  editPartnerForm(partner, JSON.stringify(metadata)),
);
export const onOpenNote = partnerForm(NOTE_TITLE, 'partner.note', (partner, metadata) => noteForm(partner, JSON.stringify(metadata)));
export const onOpenPerson = partnerForm(PERSON_TITLE, 'partner.person', (partner, metadata) => {
  const { contactId } = Metadata.parse(metadata);
  const person = partner.people.find(({ id }) => id === contactId) ?? null;
  // Somebody who is gone from the record meanwhile is added anew.
  return personForm(partner, person, JSON.stringify({ ...metadata, contactId: person?.id ?? null }));
});

/** What a form about a partner carries. */
export const Metadata = z.object({
  partnerId: z.string(),
  rev: z.number().int().default(0),
  contactId: z.string().nullable().default(null),
  origin: Origin.default({}),
  /** Asked for right after the partner was added. */
  isMain: z.boolean().default(false),
});

/** Saves the record as it was typed; what somebody else has already is said beside its field. */
export const onEditPartner =
  (deps: Deps) =>
  async (submission: ViewSubmission): Promise<void> => {
    const args = beforeAck(submission);
    const { ack, view } = args;
    const form = PartnerEdit.safeParse(formValues(view));
    if (!form.success) return ack({ response_action: 'errors', errors: formErrors(form.error) });
    const { partnerId, rev, origin } = carried(Metadata, view.private_metadata);
    const actor = await resolveActor(args);
    const { workspaceId } = actor;
    await authorise(actor, 'manager', { action: 'partner.edit', subject: `partner:${partnerId}`, at: deps.now() });
    const ownerError = await problemWithOwner(args.client, workspaceId, form.data.owner);
    if (ownerError) return ack({ response_action: 'errors', errors: { owner: ownerError } });
    const seen = await getPartner(workspaceId, partnerId);
    if (seen.rev !== rev) return ack({ response_action: 'errors', errors: { names: CHANGED_MEANWHILE } });
    const { names, domains } = form.data;
    const taken = await findHolder(workspaceId, { name: names[0] ?? '', domains: domains ? partnerDomains(domains) : [] }, partnerId);
    if (taken) {
      return ack({ response_action: 'errors', errors: { [taken.domain ? 'domains' : 'names']: alreadyTheirs(taken) } });
    }
    await ack();
    const partner = await editPartner(actor, { partnerId, rev }, form.data, deps.now());
    await afterPartnerChange(partner, deps);
    await showAgain(submission, { partner, actor, origin }, deps.now());
  };

/** A member id as Slack copies it, or a mention. */
const MEMBER_ID = /^<?@?([UW][A-Z0-9]{5,20})(?:\|[^>]*)?>?$/;
const slackId = z
  .string()
  .default('')
  .transform((typed) => typed.trim())
  .refine((typed) => typed === '' || MEMBER_ID.test(typed), 'Paste the member ID as Slack copies it, such as U0123ABCD')
  .transform((typed) => MEMBER_ID.exec(typed)?.[1] ?? '');
const PersonForm = z.intersection(PersonGiven, z.object({ left: z.array(z.string()).default([]), slackId }));

/** Adds or changes a person; after the first one of a new partner that was typed in, the record is shown. */
export const onSavePerson =
  (deps: Deps) =>
  async (submission: ViewSubmission): Promise<void> => {
    const args = beforeAck(submission);
    const { ack, view } = args;
    const form = PersonForm.safeParse(formValues(view));
    if (!form.success) return ack({ response_action: 'errors', errors: formErrors(form.error) });
    const { partnerId, contactId, origin, isMain } = carried(Metadata, view.private_metadata);
    const actor = await resolveActor(args);
    const { left, slackId, ...given } = form.data;
    await authorise(actor, 'manager', { action: 'partner.person', subject: `partner:${partnerId}`, at: deps.now() });
    const slack = slackId ? await memberOfTheirs(args, await getPartner(actor.workspaceId, partnerId), { slackId, contactId }) : {};
    if (!slack) return ack({ response_action: 'errors', errors: { slackId: NOBODY_OF_THEIRS } });
    const person = { ...given, ...slack, hasLeft: left.includes(HAS_LEFT) };
    const saved = await savePerson(actor, { partnerId, contactId }, person, deps.now()).catch(besideTheAddress);
    if (saved instanceof Refusal)
      return ack({ response_action: 'errors', errors: { email: refusalSentence(saved.code, saved.details).replaceAll('*', '') } });
    const { partner } = saved;
    const isElsewhere = !origin.page && !origin.channel;
    if (!isMain || !isElsewhere) {
      await ack();
      return showAgain(submission, { partner, actor, origin }, deps.now());
    }
    const opened = await keepOpen(submission, PARTNER_TITLE);
    await fillModal(submission.client, opened, await partnerModal(partner, actor, origin, deps.now()));
  };

/** Null for somebody who is of no workspace of theirs, or whom another person on their list is. Whoever Slack has deactivated may be named. */
async function memberOfTheirs(
  { client }: ViewSubmission,
  { workspaceId, people, teamIds }: Partner,
  { slackId: userId, contactId }: { slackId: string; contactId: string | null | undefined },
): Promise<{ slack: NonNullable<PartnerContact['slack']> } | null> {
  const person = await slackPerson(client, workspaceId, userId);
  const isAnothers = people.some(({ id, slack }) => id !== contactId && slack?.userId === userId);
  return person && teamIds.includes(person.team_id) && !isAnothers ? { slack: { userId, teamId: person.team_id } } : null;
}

function besideTheAddress(error: unknown): Refusal {
  if (error instanceof Refusal && error.code === 'partner-person-known') return error;
  throw error;
}

const NoteForm = z.object({ text: z.string('Write the note').trim().min(1, 'Write the note').max(1000) });

/** Keeps a note; the same form sent twice keeps it once. */
export const onSaveNote =
  (deps: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const { ack, view } = args;
    const form = NoteForm.safeParse(formValues(view));
    if (!form.success) return ack({ response_action: 'errors', errors: formErrors(form.error) });
    await ack();
    const { partnerId, origin } = carried(Metadata, view.private_metadata);
    const actor = await resolveActor(args);
    const { partner } = await addNote(actor, partnerId, { id: view.id, text: form.data.text }, deps.now());
    await showAgain(args, { partner, actor, origin }, deps.now());
  };
