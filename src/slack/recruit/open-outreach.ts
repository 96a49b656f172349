import { z } from 'zod';
import { LABELS } from '../../../blocks/labels.ts';
import { escaped } from '../../../blocks/mrkdwn.ts';
import { type ContactQuestion, contactForm } from '../../../blocks/recruit/contact-form.ts';
import { cardWords, DRAFT_TITLE, draftStarted } from '../../../blocks/recruit/draft-page.ts';
import { refusalSentence } from '../../../blocks/refusals.ts';
import { showDraftJob } from '../../../jobs/recruit/show-draft.ts';
import { writeDraftJob } from '../../../jobs/recruit/write-draft.ts';
import type { Deps } from '../../deps.ts';
import { Refusal, type RefusalCode } from '../../errors.ts';
import { getCompany } from '../../programme/companies/company-repository.ts';
import { readContact } from '../../programme/contacts/contact.ts';
import { saveContacts } from '../../programme/contacts/contact-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import { changeContact } from '../../recruit/outreach/change-contact.ts';
import { type Contact, type Draft, NewContact } from '../../recruit/outreach/draft.ts';
import { findLatestDraft, findLatestSent, findOpenDraft } from '../../recruit/outreach/draft-repository.ts';
import { demandContactable, startDraft } from '../../recruit/outreach/start-draft.ts';
import { suggestContacts } from '../../recruit/outreach/suggest-contacts.ts';
import { resolveActor } from '../actor.ts';
import { refreshDigestOf } from '../discover/decide-company.ts';
import { carried, errorsIn, formErrors, formValues } from '../form.ts';
import { type ButtonClick, beforeAck, type ViewSubmission } from '../listener.ts';
import { fillModal, ownModal, pushModal } from '../modal.ts';
import { Origin, originOf, tellAt } from '../origin.ts';
import { findPost } from '../post-repository.ts';
import { cardPlace, draftView } from './drafts.ts';
import { refreshBelow } from './open-draft.ts';

const TITLE = 'Draft outreach';

/** *Draft Outreach*: shows an open draft, drafts at once to a contact that is known and was not written to, or asks whom to write to;
 *  after a message has left it says so first. A form is opened only where there is something to fill in, so this looks first: with a client that
 *  gives up in time, because the trigger lives three seconds. */
export const onOpenOutreach =
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const actor = await resolveActor(beforeAck(args));
    const { workspaceId } = actor;
    const companyId = args.action.value ?? '';
    await authorise(actor, 'manager', { action: 'draft.start', subject: `company:${companyId}`, at: deps.now() });
    const open = await findOpenDraft(workspaceId, companyId);
    if (open) return showOpen(args, open, deps);
    const [latest, sent] = await Promise.all([findLatestDraft(workspaceId, companyId), findLatestSent(workspaceId, companyId)]);
    // One that was named before the country and the origin were asked for is asked for anew.
    const known = NewContact.safeParse(latest?.contact);
    if (!known.success || sent) {
      const opened = await pushModal(args, TITLE);
      return fillModal(args.client, opened, contactForm(await questionOf(workspaceId, companyId, sent, 0, originOf(args.body))));
    }
    const { draft } = await startDraft(actor, companyId, known.data, deps.now());
    await afterStart(draft, deps);
    const { name, email } = known.data;
    const words = `Writing to ${escaped(name)} &lt;${escaped(email)}&gt;; *Contact* on the draft changes the person.`;
    await tellAt(args.client, actor, originOf(args.body), draftStarted(draft, words, await cardPlace(args.client, draft)));
  };

/** Another of the people who are known: the form is filled anew. */
export const onPickContact =
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await ownModal(args, TITLE);
    const actor = await resolveActor(args);
    const { workspaceId } = actor;
    await authorise(actor, 'manager', { action: 'draft.start', subject: 'company:contact', at: deps.now() });
    const { companyId, origin } = carried(NewMetadata, args.body.view?.private_metadata);
    const sent = await findLatestSent(workspaceId, companyId);
    const { selected_option: option } = Picked.parse(args.action);
    await fillModal(args.client, opened, contactForm(await questionOf(workspaceId, companyId, sent, option.value, origin)));
  };

async function questionOf(
  workspaceId: string,
  companyId: string,
  sent: Draft | null,
  chosen: number,
  origin: Origin,
): Promise<ContactQuestion> {
  const company = await getCompany(workspaceId, companyId);
  const people = await suggestContacts(company, sent);
  const before = sent && { contact: sent.contact, at: sent.sentAt ?? sent.updatedAt, where: await wordsOfCard(sent) };
  return { company, before, people, chosen, origin };
}

/** With all that can be decided; a card that somebody deleted is posted again. */
async function showOpen(args: ButtonClick, draft: Draft, { enqueue, now }: Deps): Promise<void> {
  const { workspaceId, id: draftId } = draft;
  const opened = await pushModal(args, DRAFT_TITLE);
  await fillModal(args.client, opened, await draftView(args.client, workspaceId, draftId, now(), thereIs(draft)));
  await enqueue(showDraftJob, { workspaceId, draftId });
}

async function afterStart({ workspaceId, id: draftId, companyId }: Draft, deps: Deps): Promise<void> {
  await deps.enqueue(writeDraftJob, { workspaceId, draftId });
  await refreshDigestOf(workspaceId, companyId, deps);
}

/** A company has one open draft. */
function thereIs({ contact, kind }: Draft): string {
  const other = kind === 'first' ? `press *${LABELS.contact}* on it` : `press *${LABELS.reject}* on it first`;
  return `There is a draft to ${escaped(contact.name)} already. To write to somebody else, ${other}.`;
}

/** The way to a message that left; nothing where its card was never posted. */
async function wordsOfCard({ workspaceId, id }: Draft): Promise<string> {
  const post = await findPost(workspaceId, `draft:${id}`);
  return post ? cardWords({ kind: 'posted', ...post }) : '';
}

/** A select, which Bolt hands on like a button. */
const Picked = z.object({ selected_option: z.object({ value: z.coerce.number().int().min(0).max(100) }) });
const NewMetadata = z.object({ companyId: z.string(), origin: Origin.default({}), pointedBy: z.string().optional() });
const Metadata = z.union([NewMetadata, z.object({ draftId: z.string(), version: z.number().int() })]);
/** What a person can mend in the form, or after they have copied what they typed. */
const BESIDE_THE_ADDRESS: RefusalCode[] = ['address-closed', 'address-suppressed', 'contact-follows', 'contact-named', 'draft-moved-on'];
const OVERTAKEN =
  'Somebody changed or decided this draft meanwhile. Copy what you typed, close this, and press Contact on the card as it is now.';

/** Opens the draft to the person named, or names another for a draft. What a person can mend is asked before the acknowledgement, which carries
 *  the error beside a field while what was typed still stands; opening a draft takes longer and comes after it. */
export const onSaveContact =
  (deps: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const { ack, client, view } = args;
    const form = NewContact.safeParse(formValues(view));
    if (!form.success) return ack({ response_action: 'errors', errors: errorsIn(view, formErrors(form.error)) });
    const about = carried(Metadata, view.private_metadata);
    const actor = await resolveActor(beforeAck(args));
    const { workspaceId } = actor;
    const isNew = 'companyId' in about;
    const asked = isNew
      ? demandContactable(actor, about.companyId, form.data, deps.now())
      : changeContact(actor, about, form.data, deps.publicUrl, deps.now());
    const refused = await asked.then(() => null).catch(besideTheAddress);
    if (refused) return ack({ response_action: 'errors', errors: errorsIn(view, { email: sentenceOf(refused) }) });
    if (!isNew) {
      await ack();
      await deps.enqueue(showDraftJob, { workspaceId, draftId: about.draftId });
      return refreshBelow(args, { workspaceId, draftId: about.draftId }, deps.now());
    }
    await ack();
    const { draft, changed } = await startDraft(actor, about.companyId, form.data, deps.now(), about.pointedBy);
    await keepContact(draft, form.data, actor.userId, deps.now());
    await afterStart(draft, deps);
    const words = changed ? `Writing to ${escaped(draft.contact.name)}.` : thereIs(draft);
    await tellAt(client, actor, about.origin, draftStarted(draft, words, await cardPlace(client, draft)));
  };

/** Whoever was named once is offered the next time. */
async function keepContact({ workspaceId, companyId }: Draft, { name, email, country }: Contact, by: string, at: Date): Promise<void> {
  const contact = readContact({ name, email, country, role: '' }, { kind: 'typed', by }, at);
  if (contact) await saveContacts(workspaceId, companyId, [contact]);
}

function besideTheAddress(error: unknown): Refusal {
  if (error instanceof Refusal && BESIDE_THE_ADDRESS.includes(error.code)) return error;
  throw error;
}

function sentenceOf({ code, details }: Refusal): string {
  return code === 'draft-moved-on' ? OVERTAKEN : refusalSentence(code, details);
}
