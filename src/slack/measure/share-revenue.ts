import { z } from 'zod';
import { noticeModal } from '../../../blocks/elements.ts';
import { revenueMessage } from '../../../blocks/measure/revenue-report.ts';
import { SHARE_TITLE, shareRevenueForm } from '../../../blocks/measure/revenue-why.ts';
import { context, person } from '../../../blocks/mrkdwn.ts';
import type { Deps } from '../../deps.ts';
import { carried, formErrors, formValues } from '../form.ts';
import type { ButtonClick, ViewSubmission } from '../listener.ts';
import { fillModal, keepOpen, openModal } from '../modal.ts';
import { showOnce } from '../post-once.ts';
import { demandTeam, reportOn, wordsIn } from './revenue.ts';

/** *Share*, on a report: asks for the channel. */
export const onOpenShareRevenue =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await openModal(args, args.body.trigger_id, SHARE_TITLE);
    await demandTeam(args, 'revenue.share', now());
    await fillModal(args.client, opened, shareRevenueForm(wordsIn(args)));
  };

const Metadata = z.object({ words: z.string().max(300) });
const ShareForm = z.object({ channel: z.string('Choose a channel').min(1, 'Choose a channel') });

/** Posts the report where only the home company reads it, once for each form. Refuses `channel-shared` and `channel-unreachable`. */
export const onShareRevenue =
  ({ log, now }: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const form = ShareForm.safeParse(formValues(args.view));
    if (!form.success) return args.ack({ response_action: 'errors', errors: formErrors(form.error) });
    const opened = await keepOpen(args, SHARE_TITLE);
    const { workspaceId, userId } = await demandTeam(args, 'revenue.share', now());
    const { words } = carried(Metadata, args.view.private_metadata);
    const { report } = await reportOn(workspaceId, words, now());
    const message = revenueMessage(report, [], true);
    const shown = {
      ...message,
      blocks: [...message.blocks, context(`Shared by ${person(userId)}. \`/partners revenue ${words}\` shows it as it is now.`)],
    };
    const { channel } = form.data;
    const to = { workspaceId, key: `revenue:${args.view.id}`, to: { kind: 'internal-channel', channel } } as const;
    await showOnce(args.client, to, 'Revenue', async () => shown);
    log.info({ workspace: workspaceId, user: userId, channel }, 'revenue report shared');
    await fillModal(args.client, opened, noticeModal(SHARE_TITLE, `The report stands in <#${channel}>.`));
  };
