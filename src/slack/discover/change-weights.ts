import type { AllMiddlewareArgs } from '@slack/bolt';
import { z } from 'zod';
import { weightsOverview, weightsPage } from '../../../blocks/discover/weights-pages.ts';
import type { Deps } from '../../deps.ts';
import { changeWeights } from '../../discover/learning/change-weights.ts';
import { explainWeights } from '../../discover/learning/explain-weights.ts';
import { learnWeights } from '../../discover/learning/learn-weights.ts';
import { NewWeights } from '../../discover/learning/type-weights.ts';
import { Refusal } from '../../errors.ts';
import { PartnerType } from '../../programme/setup/programme.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import { type Actor, mayAct } from '../../programme/workspaces/role.ts';
import { resolveActor } from '../actor.ts';
import { carried, formErrors, formValues } from '../form.ts';
import { type ButtonClick, beforeAck, type ViewSubmission } from '../listener.ts';
import { fillModal, openModal, ownModal } from '../modal.ts';

/** Does what the button says and shows the type's page in the modal the button is in. */
const showAfter =
  (act: (actor: Actor, type: PartnerType, at: Date) => Promise<unknown>) =>
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await ownModal(args, 'Weights');
    const actor = await resolveActor(args);
    const type = PartnerType.parse(args.action.value);
    await act(actor, type, now());
    await fillModal(args.client, opened, await weightsView(actor, type));
  };

export const onOpenWeights = showAfter((actor, type, at) =>
  authorise(actor, 'member', { action: 'weights.open', subject: `weights:${type}`, at }),
);
export const onFreezeWeights = showAfter((actor, type, at) => changeWeights(actor, type, { kind: 'freeze' }, at));
export const onResetWeights = showAfter((actor, type, at) => changeWeights(actor, type, { kind: 'reset' }, at));
export const onUnfreezeWeights = showAfter(async (actor, type, at) => {
  await changeWeights(actor, type, { kind: 'unfreeze' }, at);
  await learnWeights(actor.workspaceId, at);
});

type Args = Pick<AllMiddlewareArgs, 'client' | 'context'> & { body: object };

/** `/partners weights`: every wanted type. Refuses `setup-incomplete`. */
export async function openWeights(args: Args, triggerId: string, { now }: Deps): Promise<void> {
  const opened = await openModal(args, triggerId, 'Weights');
  const actor = await resolveActor(args);
  await authorise(actor, 'member', { action: 'weights.list', subject: 'weights:all', at: now() });
  const { company } = await getProgramme(actor.workspaceId);
  if (!company) throw new Refusal('setup-incomplete', { step: 'company' });
  const types = await Promise.all(company.partnerTypes.map((type) => explainWeights(actor.workspaceId, type)));
  await fillModal(args.client, opened, weightsOverview(types));
}

/** One type as this person may see it. */
export async function weightsView(actor: Actor, type: PartnerType) {
  return weightsPage(await explainWeights(actor.workspaceId, type), mayAct(actor, 'admin'));
}

const Metadata = z.object({ type: PartnerType });

/** Sets the weights of one type and shows the page as it is now. */
export const onSetWeights =
  ({ now }: Deps) =>
  async (submission: ViewSubmission): Promise<void> => {
    const args = beforeAck(submission);
    const { ack, view } = args;
    const form = NewWeights.safeParse(formValues(view));
    if (!form.success) return ack({ response_action: 'errors', errors: formErrors(form.error) });
    const { type } = carried(Metadata, view.private_metadata);
    const actor = await resolveActor(args);
    await changeWeights(actor, type, { kind: 'set', weights: form.data }, now());
    await ack({ response_action: 'update', view: await weightsView(actor, type) });
  };
