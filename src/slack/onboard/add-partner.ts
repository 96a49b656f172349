import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import {
  ADD_TITLE,
  addPartnerForm,
  mainContactForm,
  NO_COLLEAGUE,
  type PartnerDraft,
  type Taken,
} from '../../../blocks/onboard/partner-forms.ts';
import { showReplyJob } from '../../../jobs/recruit/show-reply.ts';
import type { Deps } from '../../deps.ts';
import { takeSnapshot } from '../../discover/digest/decide-company.ts';
import { Refusal } from '../../errors.ts';
import { addPartner, partnerDomains } from '../../onboard/partners/add-partner.ts';
import type { Partner } from '../../onboard/partners/partner.ts';
import { PartnerGiven } from '../../onboard/partners/partner-given.ts';
import { findPartnerOfCompany } from '../../onboard/partners/partner-of-company.ts';
import { findHolder, getPartner } from '../../onboard/partners/partner-repository.ts';
import { getCompany } from '../../programme/companies/company-repository.ts';
import { listContacts } from '../../programme/contacts/contact-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { countryName, countryOf } from '../../recruit/policy/countries.ts';
import { getReply } from '../../recruit/replies/reply-repository.ts';
import { isFullMember, resolveActor } from '../actor.ts';
import { carried, formErrors, formValues } from '../form.ts';
import { type ButtonClick, beforeAck, type Caller, type ViewSubmission } from '../listener.ts';
import { fillModal, keepOpen, type OpenedModal, openModal, pushModal } from '../modal.ts';
import { Origin, originOf } from '../origin.ts';
import { afterPartnerChange } from './after-partner-change.ts';
import { partnerModal, showAgain } from './show-partner.ts';

/** What a form of a new partner was opened for. */
const Metadata = z.object({ companyId: z.string().optional(), replyId: z.string().optional(), origin: Origin.default({}) });
type Metadata = z.infer<typeof Metadata>;

const BLANK: PartnerDraft = { name: '', domains: '', types: [], owner: '', countries: '' };

/** `/partners add`. */
export async function openAdd(args: Caller, triggerId: string, { now }: Deps): Promise<void> {
  const opened = await openModal(args, triggerId, ADD_TITLE);
  const actor = await resolveActor(args);
  await authorise(actor, 'manager', { action: 'partner.add', subject: 'partner:form', at: now() });
  await fillModal(args.client, opened, addPartnerForm({ ...BLANK, owner: actor.userId }, JSON.stringify({ origin: {} })));
}

/** *Make Partner* on a candidate, *Open Partner* once it is one. */
export const onCompanyPartner =
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, ADD_TITLE);
    const actor = await resolveActor(args);
    const companyId = args.action.value ?? '';
    await authorise(actor, 'member', { action: 'partner.open', subject: `company:${companyId}`, at: deps.now() });
    await openFor(args, opened, { actor, about: { companyId, origin: originOf(args.body) } }, deps);
  };

/** *Make Partner* on a reply. */
export const onMakePartner =
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, ADD_TITLE);
    const actor = await resolveActor(args);
    const replyId = args.action.value ?? '';
    await authorise(actor, 'manager', { action: 'partner.add', subject: `reply:${replyId}`, at: deps.now() });
    const { companyId } = await getReply(actor.workspaceId, replyId);
    await openFor(args, opened, { actor, about: { companyId, replyId, origin: originOf(args.body) } }, deps);
  };

/** The record of a company that has one, else the form filled with what is known of it. */
async function openFor(
  { client }: Caller,
  opened: OpenedModal,
  { actor, about }: { actor: Actor; about: Metadata & { companyId: string } },
  { now }: Deps,
): Promise<void> {
  const { workspaceId, userId } = actor;
  const partner = await findPartnerOfCompany(workspaceId, about.companyId);
  if (partner) return fillModal(client, opened, await partnerModal(partner, actor, about.origin, now()));
  await authorise(actor, 'manager', { action: 'partner.add', subject: `company:${about.companyId}`, at: now() });
  const company = await getCompany(workspaceId, about.companyId);
  const judged = (company.decision?.snapshot ?? (await takeSnapshot(company, now())))?.type;
  const country = countryOf(company.locations);
  const draft: PartnerDraft = {
    name: company.name,
    domains: company.domain,
    types: judged ? [judged] : [],
    owner: userId,
    countries: country ? countryName(country) : '',
  };
  await fillModal(client, opened, addPartnerForm(draft, JSON.stringify(about)));
}

/** Makes the company a partner, and asks for its main contact. What a person can mend is said beside its field before the acknowledgement; of two
 *  who add the same partner at once, the second is shown whose record it is. */
export const onAddPartner =
  (deps: Deps) =>
  async (submission: ViewSubmission): Promise<void> => {
    const args = beforeAck(submission);
    const { ack, client, view } = args;
    const form = PartnerGiven.safeParse(formValues(view));
    if (!form.success) return ack({ response_action: 'errors', errors: formErrors(form.error) });
    const about = carried(Metadata, view.private_metadata);
    const actor = await resolveActor(args);
    const { workspaceId } = actor;
    await authorise(actor, 'manager', { action: 'partner.add', subject: 'partner:new', at: deps.now() });
    const ownerError = await problemWithOwner(client, workspaceId, form.data.owner);
    if (ownerError) return ack({ response_action: 'errors', errors: { owner: ownerError } });
    const again = (taken: Taken | null) => addPartnerForm(asTyped(form.data), view.private_metadata, taken);
    const taken = await findHolder(workspaceId, { name: form.data.name, domains: partnerDomains(form.data.domains) });
    if (taken) return ack({ response_action: 'update', view: again(taken) });
    const opened = await keepOpen(submission, ADD_TITLE);
    const added = await addPartner(actor, form.data, deps.now()).catch(asHeld(workspaceId));
    if ('domain' in added) return fillModal(submission.client, opened, again(added));
    await askForContact(submission, opened, { partner: added, about });
    await afterPartnerChange(added, deps);
    if (about.replyId) await deps.enqueue(showReplyJob, { workspaceId, replyId: about.replyId });
    await showAgain(submission, { partner: added, actor, origin: about.origin }, deps.now());
  };

/** What a colleague chose as owner may be a guest or somebody of another company. */
export async function problemWithOwner(client: WebClient, workspaceId: string, owner: string): Promise<string | null> {
  return (await isFullMember(client, workspaceId, owner)) ? null : NO_COLLEAGUE;
}

function asTyped({ name, domains, types, owner, countries }: PartnerGiven): PartnerDraft {
  return { name, domains: domains.join('\n'), types, owner, countries: countries.join(', ') };
}

/** Of a refusal that names the partner who has it already, that partner. */
function asHeld(workspaceId: string): (error: unknown) => Promise<Taken> {
  return async (error) => {
    if (!(error instanceof Refusal) || error.code !== 'partner-exists' || !error.details.partnerId) throw error;
    const partner = await getPartner(workspaceId, String(error.details.partnerId));
    return { partner, domain: String(error.details.domain) };
  };
}

/** Whoever answered us, else whoever is on file for the company, stands in the form. */
async function askForContact(
  { client }: Pick<ViewSubmission, 'client'>,
  opened: OpenedModal,
  { partner, about }: { partner: Partner; about: Metadata },
): Promise<void> {
  const { workspaceId, companyId, id: partnerId } = partner;
  const reply = about.replyId ? await getReply(workspaceId, about.replyId) : null;
  const [known] = reply ? [] : await listContacts(workspaceId, companyId);
  const { name = '', email = '' } = reply ? { name: reply.from.name, email: reply.from.address } : (known ?? {});
  const metadata = JSON.stringify({ partnerId, contactId: null, origin: about.origin, isMain: true });
  await fillModal(client, opened, mainContactForm(partner, { name, email, role: null }, metadata));
}
