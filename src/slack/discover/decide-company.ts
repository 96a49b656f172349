import { z } from 'zod';
import { rejectForm } from '../../../blocks/discover/reject-form.ts';
import { learnWeightsJob } from '../../../jobs/discover/learn-weights.ts';
import { showDigestJob } from '../../../jobs/discover/show-digest.ts';
import { stopOutreach } from '../../../jobs/recruit/stop-outreach.ts';
import type { Deps } from '../../deps.ts';
import { type Choice, decideCompany } from '../../discover/digest/decide-company.ts';
import { findDigestOf } from '../../discover/digest/digest-repository.ts';
import { type Company, isOptOut, RejectionReason } from '../../programme/companies/company.ts';
import { getCompany } from '../../programme/companies/company-repository.ts';
import { keysOfCompany } from '../../programme/suppression/suppression.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import { resolveActor } from '../actor.ts';
import { formErrors, formValues } from '../form.ts';
import type { ButtonClick, ViewSubmission } from '../listener.ts';
import { fillModal, pushModal } from '../modal.ts';
import { companyPage } from './company-pages.ts';

/** *Later* and *Reconsider*: settled with the click, shown where it was clicked and in the digest. */
const decideWith =
  (choice: Choice) =>
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const actor = await resolveActor(args);
    const { company } = await decideCompany(actor, args.action.value ?? '', choice, deps.now());
    await afterDecision(company, deps);
    if (!args.body.container.is_ephemeral) return;
    const page = await companyPage(actor.workspaceId, company, deps.now());
    await args.respond({ response_type: 'ephemeral', replace_original: true, ...page });
  };

export const onLater = decideWith({ kind: 'later' });
export const onReconsider = decideWith({ kind: 'undecided' });

/** *Not a Fit* asks why. */
export const onOpenReject =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, 'Not a fit');
    const actor = await resolveActor(args);
    const companyId = args.action.value ?? '';
    await authorise(actor, 'manager', { action: 'company.decide', subject: `company:${companyId}`, at: now() });
    await fillModal(args.client, opened, rejectForm(await getCompany(actor.workspaceId, companyId)));
  };

const RejectForm = z.object({ reason: z.enum(RejectionReason.options, 'Choose a reason'), note: z.string().trim().max(300).default('') });
const Metadata = z.object({ companyId: z.string() });

/** Records why a company is not a fit. */
export const onRejectCompany =
  (deps: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const { ack, view } = args;
    const form = RejectForm.safeParse(formValues(view));
    if (!form.success) return ack({ response_action: 'errors', errors: formErrors(form.error) });
    await ack();
    const { companyId } = Metadata.parse(JSON.parse(view.private_metadata));
    const actor = await resolveActor(args);
    const { company } = await decideCompany(actor, companyId, { kind: 'not-fit', ...form.data }, deps.now());
    await afterDecision(company, deps);
  };

/** After a decision on a company: outreach to it stops unless it is to go on, its line in the digest follows, and the weights learn. Queued each
 *  time, also when nothing changed: the click before may have died in between. */
export async function afterDecision({ id, workspaceId, domain, decision }: Company, deps: Pick<Deps, 'enqueue'>): Promise<void> {
  const { enqueue } = deps;
  if (decision && decision.kind !== 'pursued') {
    const { by } = decision;
    await enqueue(stopOutreach, { workspaceId, because: 'decision', by, what: { kind: 'decided', companyId: id } });
    if (isOptOut(decision)) {
      for (const what of keysOfCompany(domain)) await enqueue(stopOutreach, { workspaceId, because: 'opt-out', by, what });
    }
  }
  await refreshDigestOf(workspaceId, id, deps);
}

/** After a decision: brings the line of a company in its digest up to date, if it was ever in one, and lets the weights learn. */
export async function refreshDigestOf(workspaceId: string, companyId: string, { enqueue }: Pick<Deps, 'enqueue'>): Promise<void> {
  const digest = await findDigestOf(workspaceId, companyId);
  if (digest) await enqueue(showDigestJob, { workspaceId, digestId: digest.id });
  await enqueue(learnWeightsJob, { workspaceId });
}
