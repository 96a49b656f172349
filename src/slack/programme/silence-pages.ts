import type { AllMiddlewareArgs } from '@slack/bolt';
import { SILENCE_TITLE, silenceForm, silencePage } from '../../../blocks/programme/silence-forms.ts';
import type { Deps } from '../../deps.ts';
import { findSilence } from '../../programme/suppression/find-silence.ts';
import { countSuppressions } from '../../programme/suppression/suppression-repository.ts';
import { readTarget, type SuppressionTarget } from '../../programme/suppression/suppression-target.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import { type Actor, mayAct } from '../../programme/workspaces/role.ts';
import { resolveActor } from '../actor.ts';
import { fillModal, openModal } from '../modal.ts';

type Args = Pick<AllMiddlewareArgs, 'client' | 'context'> & { body: object };

/** `/partners optout [what]`: whether something is silent, for anybody of the team; managers silence it, admins take it back. */
export async function openSilence(args: Args, triggerId: string, typed: string, { now }: Deps): Promise<void> {
  const opened = await openModal(args, triggerId, SILENCE_TITLE);
  const actor = await resolveActor(args);
  await authorise(actor, 'internal', { action: 'suppression.look', subject: 'suppression:list', at: now() });
  const { workspaceId } = actor;
  const view = typed ? await silenceView(actor, await readTarget(workspaceId, typed)) : silenceForm(await countSuppressions(workspaceId));
  await fillModal(args.client, opened, view);
}

/** One target as this person may see it. */
export async function silenceView(actor: Actor, target: SuppressionTarget) {
  const silence = await findSilence(actor.workspaceId, target);
  return silencePage(target, silence, { add: mayAct(actor, 'manager'), lift: mayAct(actor, 'admin') });
}
