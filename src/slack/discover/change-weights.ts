import type { Deps } from '../../deps.ts';
import { changeWeights } from '../../discover/learning/change-weights.ts';
import { learnWeights } from '../../discover/learning/learn-weights.ts';
import { PartnerType } from '../../programme/setup/partner-type.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { resolveActor } from '../actor.ts';
import type { ButtonClick } from '../listener.ts';
import { fillModal, ownModal } from '../modal.ts';
import { weightsView } from './weights-pages.ts';

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
  authorise(actor, 'internal', { action: 'weights.open', subject: `weights:${type}`, at }),
);
export const onFreezeWeights = showAfter((actor, type, at) => changeWeights(actor, type, { kind: 'freeze' }, at));
export const onResetWeights = showAfter((actor, type, at) => changeWeights(actor, type, { kind: 'reset' }, at));
export const onUnfreezeWeights = showAfter(async (actor, type, at) => {
  await changeWeights(actor, type, { kind: 'unfreeze' }, at);
  await learnWeights(actor.workspaceId, at);
});
