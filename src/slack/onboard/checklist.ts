import { z } from 'zod';
import type { Modal } from '../../../blocks/elements.ts';
import { CHECKLIST_TITLE, checklistModal, proofForm } from '../../../blocks/onboard/checklist.ts';
import { showChecklistJob } from '../../../jobs/onboard/show-checklist.ts';
import type { Deps } from '../../deps.ts';
import { Refusal } from '../../errors.ts';
import type { StepState } from '../../onboard/checklists/checklist.ts';
import { MOST_PROOF_BYTES, PROOF_TYPES } from '../../onboard/checklists/may-settle.ts';
import { demandReader, readChecklist, settleStep } from '../../onboard/checklists/settle-step.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { resolveActor } from '../actor.ts';
import { carried, formErrors, formValues } from '../form.ts';
import { type ButtonClick, beforeAck, type ViewSubmission } from '../listener.ts';
import { fillModal, ownModal, pushModal } from '../modal.ts';
import { readFacts } from './show-checklist.ts';

/** What a button of a step carries. */
const Place = z.object({ partnerId: z.string(), stepId: z.string() });

/** What a file is goes by its name: Slack's own word for it differs from kind to kind. */
const ProofForm = z.object({
  file: z
    .array(z.object({ id: z.string(), name: z.string(), size: z.number() }), 'Choose one file')
    .length(1, 'Choose one file')
    .refine(
      (files) => files.every(({ name }) => PROOF_TYPES.some((type) => name.toLowerCase().endsWith(`.${type}`))),
      `Send one of these: ${PROOF_TYPES.join(', ')}`,
    )
    .refine((files) => files.every(({ size }) => size > 0 && size <= MOST_PROOF_BYTES), 'Send a file of up to 10 MB that is not empty'),
});

/** *Checklist*: the steps of the partner that the button belongs to, for its own people and for the team. */
export const onShowChecklist =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, CHECKLIST_TITLE);
    await fillModal(args.client, opened, await checklistView(await resolveActor(args), args.action.value ?? '', now()));
  };

const settle =
  (to: StepState) =>
  ({ enqueue, now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await ownModal(args, CHECKLIST_TITLE);
    const actor = await resolveActor(args);
    const place = carried(Place, args.action.value);
    const { changed } = await settleStep(actor, place, { to, proof: null }, now());
    if (changed) await enqueue(showChecklistJob, { workspaceId: actor.workspaceId, partnerId: place.partnerId });
    await fillModal(args.client, opened, await checklistView(actor, place.partnerId, now()));
  };

export const onStepDone = settle('done');
export const onStepWaived = settle('waived');
export const onStepReopened = settle('open');

/** Opens the form for the file of a step, on top of the checklist. */
export const onOpenProof =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, CHECKLIST_TITLE);
    const actor = await resolveActor(args);
    const place = carried(Place, args.action.value);
    const { steps } = await readChecklist(await demandReader(actor, place.partnerId, now()), now());
    const step = steps.find(({ id }) => id === place.stepId);
    if (!step) throw new Refusal('step-unknown');
    await fillModal(args.client, opened, proofForm(step, place));
  };

/** Keeps which file it is, and shows the checklist as it is then. */
export const onSendProof =
  ({ enqueue, now }: Deps) =>
  async (submission: ViewSubmission): Promise<void> => {
    const args = beforeAck(submission);
    const actor = await resolveActor(args);
    const place = carried(Place, args.view.private_metadata);
    await demandReader(actor, place.partnerId, now());
    const form = ProofForm.safeParse(formValues(args.view));
    if (!form.success) return args.ack({ response_action: 'errors', errors: formErrors(form.error) });
    const [file] = form.data.file;
    const proof = file ? { fileId: file.id, name: file.name, size: file.size } : null;
    await settleStep(actor, place, { to: 'done', proof }, now());
    await args.ack({ response_action: 'update', view: await checklistView(actor, place.partnerId, now()) });
    await enqueue(showChecklistJob, { workspaceId: actor.workspaceId, partnerId: place.partnerId });
  };

async function checklistView(actor: Actor, partnerId: string, at: Date): Promise<Modal> {
  return checklistModal(await readFacts(await demandReader(actor, partnerId, at), at), actor);
}
