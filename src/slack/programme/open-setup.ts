import { SlackError } from '@slack/web-api';
import { z } from 'zod';
import { noticeModal } from '../../../blocks/elements.ts';
import { importForm, PARTNERS_LIST } from '../../../blocks/programme/import-forms.ts';
import { roleList, rolesForm } from '../../../blocks/programme/roles-form.ts';
import { setupDone, setupForm } from '../../../blocks/programme/setup-form.ts';
import { websiteForm, websiteWait } from '../../../blocks/programme/website-form.ts';
import { refusalSentence } from '../../../blocks/refusals.ts';
import { readCandidatesJob } from '../../../jobs/discover/read-candidates.ts';
import { runResearch } from '../../../jobs/discover/run-research.ts';
import type { Deps } from '../../deps.ts';
import { findLatestDigest } from '../../discover/digest/digest-repository.ts';
import { isStanding } from '../../discover/research/research.ts';
import { findRunning } from '../../discover/research/research-repository.ts';
import { startStanding } from '../../discover/research/standing-research.ts';
import { proposeCompany } from '../../discover/website/propose-company.ts';
import { Refusal } from '../../errors.ts';
import {
  DigestSettings,
  LeaveOut,
  NewOwnCompany,
  NewSender,
  OwnCompany,
  PARTNER_TYPES,
  type PartnerType,
  SETUP_STEPS,
  SetupStep,
  setupGaps,
} from '../../programme/setup/programme.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { saveProgramme } from '../../programme/setup/save-programme.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import { grantFirstAdmin } from '../../programme/workspaces/change-role.ts';
import { type Actor, mayAct } from '../../programme/workspaces/role.ts';
import { listRoles } from '../../programme/workspaces/role-repository.ts';
import { resolveActor, slackPerson, timeZoneOf } from '../actor.ts';
import { demandInternalChannel } from '../audience.ts';
import { carried, formErrors, formValues } from '../form.ts';
import { type ButtonClick, beforeAck, type Caller, type ViewSubmission, workspaceOf } from '../listener.ts';
import { fillModal, keepOpen, openModal } from '../modal.ts';

/** Opens the asked step of set-up, or the first that is missing. Admins only. */
export async function openSetup(args: Caller, triggerId: string, step: SetupStep | null, { now }: Deps): Promise<void> {
  const opened = await openModal(args, triggerId, 'Set-up');
  const actor = await asFirstAdmin(await resolveActor(args), args, now());
  await authorise(actor, 'admin', { action: 'programme.open', subject: 'programme:setup', at: now() });
  const programme = await getProgramme(actor.workspaceId);
  const asked = step ?? setupGaps(programme)[0] ?? SETUP_STEPS[0];
  const isBeginning = asked === 'company' && !programme.company;
  const form = isBeginning ? websiteForm() : setupForm(asked, programme, await timeZoneOf(args.client, actor));
  await fillModal(args.client, opened, form);
}

/** Reads the company's own website and goes on with what it proposes, for a person to correct; nothing is saved yet. Reading takes longer
 *  than Slack waits, so the modal says so meanwhile. */
export const onReadOwnWebsite =
  (deps: Deps) =>
  async (submission: ViewSubmission): Promise<void> => {
    const args = beforeAck(submission);
    const form = z.object({ website: OwnCompany.shape.website }).safeParse(formValues(args.view));
    if (!form.success) return args.ack({ response_action: 'errors', errors: formErrors(form.error) });
    const { website } = form.data;
    const actor = await resolveActor(args);
    await authorise(actor, 'admin', { action: 'programme.open', subject: 'programme:website', at: deps.now() });
    const opened = await keepOpen(submission, 'Set-up', websiteWait(website));
    const proposal = await proposeCompany(website, deps);
    deps.log.info({ workspace: actor.workspaceId, problem: proposal.problem }, 'own website read');
    const programme = await getProgramme(actor.workspaceId);
    const zone = await timeZoneOf(submission.client, actor);
    await fillModal(submission.client, opened, setupForm('company', programme, zone, programme.company ? null : proposal));
  };

/** Shows who holds which role; an admin may change one. */
export async function openRoles(args: Caller, triggerId: string, { now }: Deps): Promise<void> {
  const opened = await openModal(args, triggerId, 'Roles');
  const actor = await asFirstAdmin(await resolveActor(args), args, now());
  await authorise(actor, 'member', { action: 'role.list', subject: 'role:all', at: now() });
  const roles = await listRoles(actor.workspaceId);
  const view = mayAct(actor, 'admin') ? rolesForm(roles) : noticeModal('Roles', `${roleList(roles)}\n\nAn admin can change roles.`);
  await fillModal(args.client, opened, view);
}

/** `as`: what the list is taken for until somebody says otherwise; null for companies to rank. */
export async function openImport(args: Caller, triggerId: string, { now }: Deps, as: PartnerType | null = null): Promise<void> {
  const opened = await openModal(args, triggerId, 'Import companies');
  const actor = await resolveActor(args);
  await authorise(actor, 'manager', { action: 'companies.import', subject: 'import:form', at: now() });
  await fillModal(args.client, opened, importForm(as));
}

/** A workspace connected by its bot token has no installer. There, while nobody is admin, the first owner or admin of the Slack
 *  workspace to open set-up becomes the first admin of the programme. */
async function asFirstAdmin(actor: Actor, { client }: Caller, at: Date): Promise<Actor> {
  if (actor.kind !== 'member' || actor.role === 'admin') return actor;
  const person = await slackPerson(client, actor.workspaceId, actor.userId);
  if (!person?.is_admin && !person?.is_owner) return actor;
  return (await grantFirstAdmin(actor.workspaceId, actor.userId, at)) ? { ...actor, role: 'admin' } : actor;
}

export const onOpenSetup =
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    await openSetup(args, args.body.trigger_id, SetupStep.catch('company').parse(args.action.value), deps);
  };

export const onOpenImport =
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const [first] = PARTNER_TYPES;
    await openImport(args, args.body.trigger_id, deps, args.action.value === PARTNERS_LIST ? first : null);
  };

const PARTS = { company: NewOwnCompany, leaveOut: LeaveOut, digest: DigestSettings, sender: NewSender } as const;
const Metadata = z.object({ step: SetupStep });

/** Saves one step and shows the next. Saved before the acknowledgement, which carries the next step or the error beside a field. */
export const onSaveSetup =
  (deps: Deps) =>
  async (submission: ViewSubmission): Promise<void> => {
    const { ask, enqueue, now } = deps;
    const args = beforeAck(submission);
    const { ack, client, view } = args;
    const { step } = carried(Metadata, view.private_metadata);
    const form = PARTS[step].safeParse(formValues(view));
    if (!form.success) return ack({ response_action: 'errors', errors: formErrors(form.error) });
    const actor = await resolveActor(args);
    await authorise(actor, 'admin', { action: 'programme.save', subject: `programme:${step}`, at: now() });
    const channelError = 'channel' in form.data ? await problemWithChannel(args, form.data.channel) : null;
    if (channelError) return ack({ response_action: 'errors', errors: { channel: channelError } });

    const programme = await saveProgramme(actor, step, form.data, now());
    // For another profile all is to be read anew.
    if (ask && step === 'company') await enqueue(readCandidatesJob, { workspaceId: actor.workspaceId });
    const next = SETUP_STEPS[SETUP_STEPS.indexOf(step) + 1];
    if (next) return ack({ response_action: 'update', view: setupForm(next, programme, await timeZoneOf(client, actor)) });
    const looksFirst = await startsFirstResearch(actor.workspaceId, deps);
    await ack({ response_action: 'update', view: setupDone(programme, setupGaps(programme), looksFirst) });
  };

/** Whether the research that leads to the first digest starts now, or is under way since an earlier step. */
async function startsFirstResearch(workspaceId: string, { enqueue, now, research }: Deps): Promise<boolean> {
  const started = await startStanding(workspaceId, research, now());
  if (started) await enqueue(runResearch, { workspaceId, researchId: started.id });
  const run = started ?? (await findRunning(workspaceId));
  return run !== null && isStanding(run) && (await findLatestDigest(workspaceId)) === null;
}

/** Input errors are plain text, so the marks of mrkdwn go. When Slack is silent, too, what was typed stays on the screen. */
async function problemWithChannel({ client, context }: ViewSubmission, channel: string): Promise<string | null> {
  try {
    await demandInternalChannel(client, workspaceOf(context), channel);
    return null;
  } catch (error) {
    if (error instanceof Refusal) return refusalSentence(error.code, error.details).replaceAll('`', '');
    if (error instanceof SlackError) return 'Slack could not check this channel. Try again in a moment.';
    throw error;
  }
}
