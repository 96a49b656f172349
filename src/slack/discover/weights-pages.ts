import type { AllMiddlewareArgs } from '@slack/bolt';
import { weightsOverview, weightsPage } from '../../../blocks/discover/weights-pages.ts';
import type { Deps } from '../../deps.ts';
import { explainWeights } from '../../discover/learning/explain-weights.ts';
import { Refusal } from '../../errors.ts';
import type { PartnerType } from '../../programme/setup/partner-type.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import { type Actor, mayAct } from '../../programme/workspaces/role.ts';
import { resolveActor } from '../actor.ts';
import { fillModal, openModal } from '../modal.ts';

type Args = Pick<AllMiddlewareArgs, 'client' | 'context'> & { body: object };

/** `/partners weights`: every wanted type. Refuses `setup-incomplete`. */
export async function openWeights(args: Args, triggerId: string, { now }: Deps): Promise<void> {
  const opened = await openModal(args, triggerId, 'Weights');
  const actor = await resolveActor(args);
  await authorise(actor, 'internal', { action: 'weights.list', subject: 'weights:all', at: now() });
  const { company } = await getProgramme(actor.workspaceId);
  if (!company) throw new Refusal('setup-incomplete', { step: 'company' });
  const types = await Promise.all(company.partnerTypes.map((type) => explainWeights(actor.workspaceId, type)));
  await fillModal(args.client, opened, weightsOverview(types));
}

/** One type as this person may see it. */
export async function weightsView(actor: Actor, type: PartnerType) {
  return weightsPage(await explainWeights(actor.workspaceId, type), mayAct(actor, 'admin'));
}
