import { addDays } from 'date-fns';
import { z } from 'zod';
import { laterForm, rejectForm } from '../../../blocks/discover/decision-forms.ts';
import type { Modal } from '../../../blocks/elements.ts';
import { LABELS } from '../../../blocks/labels.ts';
import { learnWeightsJob } from '../../../jobs/discover/learn-weights.ts';
import { showDigestJob } from '../../../jobs/discover/show-digest.ts';
import { noteStageJob } from '../../../jobs/recruit/note-stage.ts';
import { stopOutreach } from '../../../jobs/recruit/stop-outreach.ts';
import type { Deps } from '../../deps.ts';
import { type Choice, LATER_DAYS } from '../../discover/digest/decide-company.ts';
import { findDigestOf } from '../../discover/digest/digest-repository.ts';
import { decideCandidate } from '../../onboard/partners/partner-of-company.ts';
import { type Company, isOptOut, RejectionReason } from '../../programme/companies/company.ts';
import { getCompany } from '../../programme/companies/company-repository.ts';
import { localDay, startOfLocalDay } from '../../programme/setup/digest-clock.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { keysOfCompany } from '../../programme/suppression/suppression.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import { resolveActor } from '../actor.ts';
import { carried, formErrors, formValues } from '../form.ts';
import { type ButtonClick, type ViewSubmission, workspaceOf } from '../listener.ts';
import { fillModal, ownModal, pushModal } from '../modal.ts';
import { Origin, originOf, replaceCard, tellAt } from '../origin.ts';
import { draftView } from '../recruit/drafts.ts';
import { companyPage, DETAILS_TITLE, detailsPage } from './company-pages.ts';

/** *Reconsider*: settled with the click, shown where it was clicked and in the digest; of a partner refused. */
export const onReconsider =
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const page = args.body.view ? await ownModal(args, DETAILS_TITLE) : null;
    const actor = await resolveActor(args);
    const { company } = await decideCandidate(actor, args.action.value ?? '', { kind: 'undecided' }, deps.now());
    await afterDecision(company, deps);
    const origin = originOf(args.body);
    if (page) await fillModal(args.client, page, await detailsPage(company, origin, deps.now()));
    else await showOnCard(args, company, origin, deps.now());
  };

const formOf =
  (title: string, form: (company: Company, at: Date, args: ButtonClick) => Modal | Promise<Modal>) =>
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, title);
    const actor = await resolveActor(args);
    const companyId = args.action.value ?? '';
    await authorise(actor, 'manager', { action: 'company.decide', subject: `company:${companyId}`, at: now() });
    await fillModal(args.client, opened, await form(await getCompany(actor.workspaceId, companyId), now(), args));
  };

/** *Not a Fit* asks why. */
export const onOpenReject = formOf('Not a fit', (company, _at, { body }) => rejectForm(company, originOf(body)));

/** *Later* asks until when, and proposes `LATER_DAYS` from now. */
export const onOpenLater = formOf(LABELS.later, async (company, at, { body }) =>
  laterForm(company, localDay(addDays(at, LATER_DAYS), await teamZone(company.workspaceId)), originOf(body)),
);

const Metadata = z.object({ companyId: z.string(), origin: Origin.default({}) });
const RejectForm = z.object({ reason: z.enum(RejectionReason.options, 'Choose a reason'), note: z.string().trim().max(300).default('') });
const LaterForm = z.object({ until: z.iso.date('Choose a day') });

/** Records why a company is not a fit. */
export const onRejectCompany =
  (deps: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const form = RejectForm.safeParse(formValues(args.view));
    if (!form.success) return args.ack({ response_action: 'errors', errors: formErrors(form.error) });
    await args.ack();
    await settle(args, { kind: 'not-fit', ...form.data }, deps);
  };

/** Puts a company off until the chosen day begins where the team's digest is posted. */
export const onPutOff =
  (deps: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const form = LaterForm.safeParse(formValues(args.view));
    if (!form.success) return args.ack({ response_action: 'errors', errors: formErrors(form.error) });
    const zone = await teamZone(workspaceOf(args.context));
    if (form.data.until <= localDay(deps.now(), zone))
      return args.ack({ response_action: 'errors', errors: { until: 'Choose a day after today.' } });
    await args.ack();
    await settle(args, { kind: 'later', until: startOfLocalDay(form.data.until, zone) }, deps);
  };

async function teamZone(workspaceId: string): Promise<string> {
  return (await getProgramme(workspaceId)).digest?.timeZone ?? 'UTC';
}

/** Decides, and shows it where the form was opened: on the page below it, or on the card that one person sees. */
async function settle(args: ViewSubmission, choice: Choice, deps: Deps): Promise<void> {
  const { client, view } = args;
  const { companyId, origin } = carried(Metadata, view.private_metadata);
  const actor = await resolveActor(args);
  const { company } = await decideCandidate(actor, companyId, choice, deps.now());
  await afterDecision(company, deps);
  const below = view.previous_view_id;
  if (below && origin.page?.kind === 'details') await fillModal(client, { id: below }, await detailsPage(company, origin, deps.now()));
  else if (below && origin.page?.kind === 'draft')
    await fillModal(client, { id: below }, await draftView(client, company.workspaceId, origin.page.draftId, deps.now()));
  else await showOnCard(args, company, origin, deps.now());
}

/** A private card takes answers for half an hour; after that the person gets it anew. */
async function showOnCard(
  { client, context }: Pick<ButtonClick, 'client' | 'context'>,
  company: Company,
  origin: Origin,
  at: Date,
): Promise<void> {
  if (!origin.responseUrl) return;
  const page = await companyPage(company.workspaceId, company, at);
  const to = { workspaceId: company.workspaceId, userId: context.userId ?? '' };
  await replaceCard(client, to.workspaceId, origin.responseUrl, page).catch(() => tellAt(client, to, origin, page));
}

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
  await enqueue(noteStageJob, { workspaceId, companyId: id, anew: false });
  await refreshDigestOf(workspaceId, id, deps);
}

/** After a decision: brings the line of a company in its digest up to date, if it was ever in one, and lets the weights learn. */
export async function refreshDigestOf(workspaceId: string, companyId: string, { enqueue }: Pick<Deps, 'enqueue'>): Promise<void> {
  const digest = await findDigestOf(workspaceId, companyId);
  if (digest) await enqueue(showDigestJob, { workspaceId, digestId: digest.id });
  await enqueue(learnWeightsJob, { workspaceId });
}
