import { z } from 'zod';
import {
  followingModal,
  stepForm,
  TEMPLATES_TITLE,
  templatePage,
  templatesOverview,
  waitsInCircle,
} from '../../../blocks/onboard/templates.ts';
import { followTemplatesJob } from '../../../jobs/onboard/follow-templates.ts';
import type { Deps } from '../../deps.ts';
import { changeTemplate, cycleWords, editedSteps, type TemplateEdit } from '../../onboard/checklists/change-template.ts';
import { listBehind } from '../../onboard/checklists/follow-templates.ts';
import { Step } from '../../onboard/checklists/step.ts';
import { cycleIn } from '../../onboard/checklists/template.ts';
import { getTemplate, listTemplates } from '../../onboard/checklists/template-repository.ts';
import { PartnerType } from '../../programme/setup/programme.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { resolveActor } from '../actor.ts';
import { carried, formErrors, formValues } from '../form.ts';
import { type ButtonClick, beforeAck, type Caller, type ViewSubmission } from '../listener.ts';
import { fillModal, openModal, ownModal } from '../modal.ts';

const Place = z.object({ type: PartnerType, rev: z.number().int(), stepId: z.string().nullable() });

const StepInput = Step.omit({ id: true }).extend({ dependsOn: z.array(z.string()).default([]) });

async function demandManager(args: Caller, { now }: Pick<Deps, 'now'>): Promise<Actor> {
  const actor = await resolveActor(args);
  await authorise(actor, 'manager', { action: 'template.open', subject: 'checklist-template:all', at: now() });
  return actor;
}

/** `/partners templates`: the steps of every type of partner. */
export async function openTemplates(args: Caller & Parameters<typeof openModal>[0], triggerId: string, deps: Deps): Promise<void> {
  const opened = await openModal(args, triggerId, TEMPLATES_TITLE);
  const { workspaceId } = await demandManager(args, deps);
  await fillModal(args.client, opened, templatesOverview(await listTemplates(workspaceId)));
}

export const onAllTemplates =
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await ownModal(args, TEMPLATES_TITLE);
    const { workspaceId } = await demandManager(args, deps);
    await fillModal(args.client, opened, templatesOverview(await listTemplates(workspaceId)));
  };

export const onOpenTemplate =
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await ownModal(args, TEMPLATES_TITLE);
    const { workspaceId } = await demandManager(args, deps);
    await fillModal(args.client, opened, await pageOf(workspaceId, PartnerType.parse(args.action.value), { saved: false, at: deps.now() }));
  };

/** The form of a step, in place of the list: saving leads back to it. */
export const onOpenStep =
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await ownModal(args, TEMPLATES_TITLE);
    const { workspaceId } = await demandManager(args, deps);
    const { type, stepId } = carried(Place, args.action.value);
    await fillModal(args.client, opened, stepForm(await getTemplate(workspaceId, type), stepId));
  };

/** Saves a step. Steps that would wait for each other are named beside the field. */
export const onSaveStep =
  (deps: Deps) =>
  async (submission: ViewSubmission): Promise<void> => {
    const args = beforeAck(submission);
    const actor = await demandManager(args, deps);
    const { type, rev, stepId } = carried(Place, args.view.private_metadata);
    const form = StepInput.safeParse(formValues(args.view));
    if (!form.success) return args.ack({ response_action: 'errors', errors: formErrors(form.error) });
    const edit: TemplateEdit = { kind: 'put', step: { ...form.data, id: stepId } };
    const template = await getTemplate(actor.workspaceId, type);
    const steps = template.rev === rev ? editedSteps(template.steps, edit) : [];
    const cycle = cycleIn(steps);
    if (cycle) {
      return args.ack({ response_action: 'errors', errors: { dependsOn: waitsInCircle(cycleWords(steps, cycle)) } });
    }
    await changeTemplate(actor, { type, rev }, edit, deps.now());
    await args.ack({ response_action: 'update', view: await pageOf(actor.workspaceId, type, { saved: true, at: deps.now() }) });
  };

const change =
  (editOf: (stepId: string) => TemplateEdit) =>
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await ownModal(args, TEMPLATES_TITLE);
    const actor = await demandManager(args, deps);
    const { type, rev, stepId } = carried(Place, args.action.value);
    await changeTemplate(actor, { type, rev }, editOf(stepId ?? ''), deps.now());
    await fillModal(args.client, opened, await pageOf(actor.workspaceId, type, { saved: true, at: deps.now() }));
  };

export const onMoveStepUp = change((stepId) => ({ kind: 'move', stepId, by: -1 }));
export const onMoveStepDown = change((stepId) => ({ kind: 'move', stepId, by: 1 }));
export const onRemoveStep = change((stepId) => ({ kind: 'remove', stepId }));

/** *Let Running Ones Follow*. */
export const onFollowTemplate =
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await ownModal(args, TEMPLATES_TITLE);
    const { workspaceId, userId } = await demandManager(args, deps);
    const type = PartnerType.parse(args.action.value);
    const behind = await listBehind(workspaceId, type, deps.now());
    await deps.enqueue(followTemplatesJob, { workspaceId, type, by: userId });
    await fillModal(args.client, opened, followingModal(behind.length));
  };

async function pageOf(workspaceId: string, type: PartnerType, { saved, at }: { saved: boolean; at: Date }) {
  const [template, behind] = await Promise.all([getTemplate(workspaceId, type), listBehind(workspaceId, type, at)]);
  return templatePage(template, behind.length, saved);
}
