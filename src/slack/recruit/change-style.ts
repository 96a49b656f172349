import type { AllMiddlewareArgs } from '@slack/bolt';
import { styleForm, stylePage } from '../../../blocks/recruit/style-form.ts';
import type { Deps } from '../../deps.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import { type Actor, mayAct } from '../../programme/workspaces/role.ts';
import { suggestStyle } from '../../recruit/outreach/edit-draft.ts';
import { addReplacement, dismissReplacement, removeReplacement, saveStyle } from '../../recruit/style/change-style.ts';
import { StyleChoice } from '../../recruit/style/style.ts';
import { getStyle } from '../../recruit/style/style-repository.ts';
import { Replacement } from '../../recruit/writing/writing.ts';
import { resolveActor } from '../actor.ts';
import { carried, formErrors, formValues } from '../form.ts';
import { type ButtonClick, beforeAck, type ViewSubmission } from '../listener.ts';
import { fillModal, openModal, ownModal } from '../modal.ts';

/** Does what the button says and shows the page as it is then, in the modal the button is in. */
const showAfter =
  (change: typeof addReplacement) =>
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await ownModal(args, 'House style');
    const actor = await resolveActor(args);
    await change(actor, carried(Replacement, args.action.value), now());
    await fillModal(args.client, opened, await styleView(actor));
  };

export const onAddReplacement = showAfter(addReplacement);
export const onDismissReplacement = showAfter(dismissReplacement);
export const onRemoveReplacement = showAfter(removeReplacement);

type Args = Pick<AllMiddlewareArgs, 'client' | 'context'> & { body: object };

/** `/partners style`: how messages are written, what edits suggest. Everybody in the company looks; managers and admins change. */
export async function openStyle(args: Args, triggerId: string, { now }: Deps): Promise<void> {
  const opened = await openModal(args, triggerId, 'House style');
  const actor = await resolveActor(args);
  await authorise(actor, 'member', { action: 'style.open', subject: 'style:house', at: now() });
  await fillModal(args.client, opened, await styleView(actor));
}

/** The page as this person may see it. */
export async function styleView(actor: Actor, saved = false) {
  const style = await getStyle(actor.workspaceId);
  const suggestions = await suggestStyle(style);
  return mayAct(actor, 'manager') ? styleForm(style, suggestions, saved) : stylePage(style);
}

/** Saves the house style and shows the page as it is now. */
export const onSaveStyle =
  ({ now }: Deps) =>
  async (submission: ViewSubmission): Promise<void> => {
    const args = beforeAck(submission);
    const form = StyleChoice.safeParse(formValues(args.view));
    if (!form.success) return args.ack({ response_action: 'errors', errors: formErrors(form.error) });
    const actor = await resolveActor(args);
    await saveStyle(actor, form.data, now());
    await args.ack({ response_action: 'update', view: await styleView(actor, true) });
  };
