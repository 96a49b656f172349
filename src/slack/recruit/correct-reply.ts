import { z } from 'zod';
import { settleReplyJob } from '../../../jobs/recruit/settle-reply.ts';
import type { Deps } from '../../deps.ts';
import { correctReply } from '../../recruit/replies/correct-reply.ts';
import { ReplyKind } from '../../recruit/replies/reply.ts';
import { resolveActor } from '../actor.ts';
import { formErrors, formValues } from '../form.ts';
import type { ViewSubmission } from '../listener.ts';

const CorrectForm = z.object({ kind: z.enum(ReplyKind.options, 'Choose what it is') });
const Metadata = z.object({ replyId: z.string() });

/** Records what a reply means; what follows from it is done at once. */
export const onCorrectReply =
  ({ enqueue, now }: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const { ack, view } = args;
    const form = CorrectForm.safeParse(formValues(view));
    if (!form.success) return ack({ response_action: 'errors', errors: formErrors(form.error) });
    await ack();
    const { replyId } = Metadata.parse(JSON.parse(view.private_metadata));
    const actor = await resolveActor(args);
    await correctReply(actor, replyId, form.data.kind, now());
    await enqueue(settleReplyJob, { workspaceId: actor.workspaceId, replyId });
  };
