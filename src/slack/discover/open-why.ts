import { WHY_TITLE, whyForm } from '../../../blocks/discover/why-not.ts';
import type { Deps } from '../../deps.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import { resolveActor } from '../actor.ts';
import type { ButtonClick } from '../listener.ts';
import { fillModal, openModal } from '../modal.ts';

/** *Why Not …?* under a digest asks which company. */
export const onOpenWhy =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await openModal(args, args.body.trigger_id, WHY_TITLE);
    const actor = await resolveActor(args);
    const digestId = args.action.value ?? '';
    await authorise(actor, 'internal', { action: 'digest.why', subject: `digest:${digestId}`, at: now() });
    await fillModal(args.client, opened, whyForm(digestId));
  };
