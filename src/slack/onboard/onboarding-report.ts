import type { KnownBlock } from '@slack/types';
import { onboardingMethod, onboardingReport } from '../../../blocks/onboard/onboarding-report.ts';
import type { Deps } from '../../deps.ts';
import { onboardingFigures } from '../../onboard/figures/onboarding-figures.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import { resolveActor } from '../actor.ts';
import type { ButtonClick } from '../listener.ts';
import { fillModal, openModal } from '../modal.ts';

/** `/partners onboarding`. */
export async function onboardingAnswer(workspaceId: string, at: Date): Promise<{ text: string; blocks: KnownBlock[] }> {
  return onboardingReport(await onboardingFigures(workspaceId, at));
}

/** *How Is This Counted?* */
export const onExplainOnboarding =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await openModal(args, args.body.trigger_id, 'How this is counted');
    const actor = await resolveActor(args);
    await authorise(actor, 'member', { action: 'onboarding.explain', subject: 'onboarding:report', at: now() });
    await fillModal(args.client, opened, onboardingMethod());
  };
