import type { Deps } from '../../deps.ts';
import { cancelResearch } from '../../discover/research/start-research.ts';
import { resolveActor } from '../actor.ts';
import type { ButtonClick } from '../listener.ts';
import { showResearchOrTell } from './researches.ts';

/** *Cancel* on a research: what it has found stays. */
export const onCancelResearch =
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const actor = await resolveActor(args);
    const { research } = await cancelResearch(actor, args.action.value ?? '', deps.now());
    await showResearchOrTell(args.client, actor.workspaceId, research.id, deps);
  };
