import type { KnownBlock } from '@slack/types';
import { RETURN_TITLE, returnMessage, returnWhy } from '../../../blocks/measure/return-page.ts';
import type { Deps } from '../../deps.ts';
import { returnBehind, returnReport } from '../../measure/costs/read-return.ts';
import { STAGES, type Stage } from '../../measure/ledger/record-revenue.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import { resolveActor } from '../actor.ts';
import type { ButtonClick } from '../listener.ts';
import { fillModal, openModal } from '../modal.ts';
import { partnerNames, periodIn } from './costs.ts';
import { wordsIn } from './revenue.ts';

/** `/partners return [period] [stage]`. */
export async function returnAnswer(workspaceId: string, typed: string, at: Date): Promise<{ text: string; blocks: KnownBlock[] }> {
  const { stage, rest } = stageIn(typed);
  const { words, period, unread } = await periodIn(workspaceId, rest, at);
  return returnMessage(await returnReport(workspaceId, period, stage), words, unread);
}

/** The stage of revenue that was typed among the words of a period; booked where none was. */
function stageIn(typed: string): { stage: Stage; rest: string } {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const stage = STAGES.find((one) => words.includes(one)) ?? 'booked';
  return { stage, rest: words.filter((word) => word !== stage).join(' ') };
}

/** *Why?*: what each figure is made of. */
export const onWhyReturn =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await openModal(args, args.body.trigger_id, RETURN_TITLE);
    const actor = await resolveActor(args);
    // What is spent on whom is for managers: an hour's cost says what somebody is paid.
    await authorise(actor, 'manager', { action: 'return.why', subject: 'revenue:report', at: now() });
    const { workspaceId } = actor;
    const { stage, rest } = stageIn(wordsIn(args));
    const { period } = await periodIn(workspaceId, rest, now());
    const behind = await returnBehind(workspaceId, period, stage);
    await fillModal(args.client, opened, returnWhy(behind, await partnerNames(workspaceId, [...behind.costs, ...behind.commissions])));
  };
