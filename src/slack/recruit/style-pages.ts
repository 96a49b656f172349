import type { AllMiddlewareArgs } from '@slack/bolt';
import { styleForm, stylePage } from '../../../blocks/recruit/style-form.ts';
import type { Deps } from '../../deps.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import { type Actor, mayAct } from '../../programme/workspaces/role.ts';
import { suggestStyle } from '../../recruit/outreach/suggest-style.ts';
import { getStyle } from '../../recruit/style/style-repository.ts';
import { resolveActor } from '../actor.ts';
import { fillModal, openModal } from '../modal.ts';

type Args = Pick<AllMiddlewareArgs, 'client' | 'context'> & { body: object };

/** `/partners style`: how messages are written, what edits suggest. Everybody in the company looks; managers and admins change. */
export async function openStyle(args: Args, triggerId: string, { now }: Deps): Promise<void> {
  const opened = await openModal(args, triggerId, 'House style');
  const actor = await resolveActor(args);
  await authorise(actor, 'internal', { action: 'style.open', subject: 'style:house', at: now() });
  await fillModal(args.client, opened, await styleView(actor));
}

/** The page as this person may see it. */
export async function styleView(actor: Actor, saved = false) {
  const style = await getStyle(actor.workspaceId);
  const suggestions = await suggestStyle(style);
  return mayAct(actor, 'manager') ? styleForm(style, suggestions, saved) : stylePage(style);
}
