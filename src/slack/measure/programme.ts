import type { KnownBlock } from '@slack/types';
import { PROGRAMME_TITLE, programmeMessage, programmeMethod } from '../../../blocks/measure/programme-page.ts';
import type { Deps } from '../../deps.ts';
import { programmeReport } from '../../measure/figures/read-figures.ts';
import type { ButtonClick } from '../listener.ts';
import { fillModal, openModal } from '../modal.ts';
import { periodIn } from './costs.ts';
import { demandTeam } from './revenue.ts';

/** `/partners programme [period]`. */
export async function programmeAnswer(workspaceId: string, typed: string, at: Date): Promise<{ text: string; blocks: KnownBlock[] }> {
  const { words, period, unread } = await periodIn(workspaceId, typed, at);
  return programmeMessage(await programmeReport(workspaceId, period, at), words, unread);
}

/** *How Is This Counted?* */
export const onExplainProgramme =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await openModal(args, args.body.trigger_id, PROGRAMME_TITLE);
    await demandTeam(args, 'programme.explain', now());
    await fillModal(args.client, opened, programmeMethod());
  };
