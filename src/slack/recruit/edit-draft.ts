import { z } from 'zod';
import { showDraftJob } from '../../../jobs/recruit/show-draft.ts';
import type { Deps } from '../../deps.ts';
import { Refusal } from '../../errors.ts';
import { DraftText } from '../../recruit/outreach/draft.ts';
import { editDraft } from '../../recruit/outreach/edit-draft.ts';
import { resolveActor } from '../actor.ts';
import { beforeAck } from '../before-ack.ts';
import { formErrors, formValues } from '../form.ts';
import type { ViewSubmission } from '../listener.ts';

const Seen = z.object({ draftId: z.string(), version: z.number().int() });
const OVERTAKEN = 'Somebody changed or decided this draft meanwhile. Copy your text, close this, and edit the current version.';

/** Saves the next version. Saved before the acknowledgement, so that an overtaken edit keeps the typed text on the screen. */
export const onEditDraft =
  ({ enqueue, now }: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    const { ack, view } = args;
    const form = DraftText.safeParse(formValues(view));
    if (!form.success) return ack({ response_action: 'errors', errors: formErrors(form.error) });
    const actor = await resolveActor(beforeAck(args));
    const seen = Seen.parse(JSON.parse(view.private_metadata));
    try {
      await editDraft(actor, seen, form.data, now());
    } catch (error) {
      if (error instanceof Refusal && error.code === 'draft-moved-on')
        return ack({ response_action: 'errors', errors: { body: OVERTAKEN } });
      throw error;
    }
    await ack();
    await enqueue(showDraftJob, { workspaceId: actor.workspaceId, draftId: seen.draftId });
  };
