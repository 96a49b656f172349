import { z } from 'zod';
import { askedForm, crowdedWords, DEAL_FORM_TITLE, dealFormPage, fieldForm } from '../../../blocks/manage/deal-form-settings.ts';
import type { Deps } from '../../deps.ts';
import { changeDealForm, crowdedTypes, editedForm, type FormEdit, NewField } from '../../manage/deal-rules/change-deal-form.ts';
import { OwnField } from '../../manage/deal-rules/deal-rules.ts';
import { getDealRules } from '../../manage/deal-rules/deal-rules-repository.ts';
import { PartnerType } from '../../programme/setup/programme.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { resolveActor } from '../actor.ts';
import { carried, formErrors, formValues } from '../form.ts';
import { type ButtonClick, beforeAck, type Caller, type ViewSubmission } from '../listener.ts';
import { fillModal, openModal, ownModal } from '../modal.ts';

const Place = z.object({ rev: z.number().int(), fieldId: z.string().nullable() });
const Asked = z.object({ rev: z.number().int(), type: PartnerType });
const Fields = z.object({ fields: z.array(OwnField).default([]) });

async function demandManager(args: Caller, { now }: Pick<Deps, 'now'>): Promise<Actor> {
  const actor = await resolveActor(args);
  await authorise(actor, 'manager', { action: 'deal-form.open', subject: 'deal-rules:form', at: now() });
  return actor;
}

/** `/partners fields`: the workspace's own questions, and what each type of partner is asked. */
export async function openDealForm(args: Caller & Parameters<typeof openModal>[0], triggerId: string, deps: Deps): Promise<void> {
  const opened = await openModal(args, triggerId, DEAL_FORM_TITLE);
  const { workspaceId } = await demandManager(args, deps);
  await fillModal(args.client, opened, dealFormPage(await getDealRules(workspaceId), false));
}

/** The form of a question, in place of the list: saving leads back to it. */
export const onOpenField =
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await ownModal(args, DEAL_FORM_TITLE);
    const { workspaceId } = await demandManager(args, deps);
    const { fieldId } = carried(Place, args.action.value);
    await fillModal(args.client, opened, fieldForm(await getDealRules(workspaceId), fieldId));
  };

export const onOpenAsked =
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await ownModal(args, DEAL_FORM_TITLE);
    const { workspaceId } = await demandManager(args, deps);
    const { type } = carried(Asked, args.action.value);
    await fillModal(args.client, opened, askedForm(await getDealRules(workspaceId), type));
  };

/** Saves a question. */
export const onSaveField =
  (deps: Deps) =>
  async (submission: ViewSubmission): Promise<void> => {
    const args = beforeAck(submission);
    const actor = await demandManager(args, deps);
    const { rev, fieldId } = carried(Place, args.view.private_metadata);
    const form = NewField.safeParse(formValues(args.view));
    if (!form.success) return args.ack({ response_action: 'errors', errors: formErrors(form.error) });
    await saveForm(args, actor, { rev, edit: { kind: 'put', fieldId, field: form.data }, field: 'types' }, deps);
  };

export const onSaveAsked =
  (deps: Deps) =>
  async (submission: ViewSubmission): Promise<void> => {
    const args = beforeAck(submission);
    const actor = await demandManager(args, deps);
    const { rev, type } = carried(Asked, args.view.private_metadata);
    const { fields } = Fields.parse(formValues(args.view));
    await saveForm(args, actor, { rev, edit: { kind: 'ask', type, fields }, field: 'fields' }, deps);
  };

type Wanted = { rev: number; edit: FormEdit; field: string };

/** What does not fit on the form is said beside the field that would make it too long. */
async function saveForm(args: ViewSubmission, actor: Actor, { rev, edit, field }: Wanted, { now }: Pick<Deps, 'now'>): Promise<void> {
  const seen = await getDealRules(actor.workspaceId);
  const crowded = seen.rev === rev ? crowdedTypes(seen, editedForm(seen, edit)) : [];
  if (crowded.length > 0) return args.ack({ response_action: 'errors', errors: { [field]: crowdedWords(crowded) } });
  const saved = await changeDealForm(actor, rev, edit, now());
  await args.ack({ response_action: 'update', view: dealFormPage(saved, true) });
}

const change =
  (editOf: (fieldId: string) => FormEdit) =>
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await ownModal(args, DEAL_FORM_TITLE);
    const actor = await demandManager(args, deps);
    const { rev, fieldId } = carried(Place, args.action.value);
    const saved = await changeDealForm(actor, rev, editOf(fieldId ?? ''), deps.now());
    await fillModal(args.client, opened, dealFormPage(saved, true));
  };

export const onMoveFieldUp = change((fieldId) => ({ kind: 'move', fieldId, by: -1 }));
export const onMoveFieldDown = change((fieldId) => ({ kind: 'move', fieldId, by: 1 }));
export const onRemoveField = change((fieldId) => ({ kind: 'remove', fieldId }));
