import { correctForm, wholeMail } from '../../../blocks/recruit/reply-forms.ts';
import type { Deps } from '../../deps.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import { getReply } from '../../recruit/replies/reply-repository.ts';
import { resolveActor } from '../actor.ts';
import type { ButtonClick } from '../listener.ts';
import { fillModal, openModal, ownModal } from '../modal.ts';

/** *Show Whole Mail* and its pages. Mails are for those who may answer them. */
export const onShowReply =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await ownModal(args, 'Whole mail');
    const actor = await resolveActor(args);
    const [replyId = '', page] = (args.action.value ?? '').split('|');
    await authorise(actor, 'manager', { action: 'reply.show', subject: `reply:${replyId}`, at: now() });
    const reply = await getReply(actor.workspaceId, replyId);
    await fillModal(args.client, opened, wholeMail(reply, Math.trunc(Number(page)) || 0));
  };

/** *It Is Something Else* asks what. */
export const onOpenCorrectReply =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await openModal(args, args.body.trigger_id, 'It is something else');
    const actor = await resolveActor(args);
    const replyId = args.action.value ?? '';
    await authorise(actor, 'manager', { action: 'reply.correct', subject: `reply:${replyId}`, at: now() });
    await fillModal(args.client, opened, correctForm(await getReply(actor.workspaceId, replyId)));
  };
