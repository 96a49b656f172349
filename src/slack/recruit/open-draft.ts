import { DRAFT_TITLE } from '../../../blocks/recruit/draft-page.ts';
import { showDraftJob } from '../../../jobs/recruit/show-draft.ts';
import type { Deps } from '../../deps.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import { resolveActor } from '../actor.ts';
import type { ButtonClick, ViewSubmission } from '../listener.ts';
import { fillModal, pushModal } from '../modal.ts';
import { draftView } from './drafts.ts';

/** *Open Draft*: all that its card shows and offers, in a modal. It needs neither the card nor the channel; a card that somebody deleted is
 *  posted again. */
export const onOpenDraft =
  ({ enqueue, now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, DRAFT_TITLE);
    const actor = await resolveActor(args);
    const { workspaceId } = actor;
    const draftId = args.action.value ?? '';
    await authorise(actor, 'member', { action: 'draft.open', subject: `draft:${draftId}`, at: now() });
    await fillModal(args.client, opened, await draftView(args.client, workspaceId, draftId, now()));
    await enqueue(showDraftJob, { workspaceId, draftId });
  };

/** After a form on top of the draft's page: the page below it shows the draft as it is now. Without effect for a form that was opened from a
 *  card. */
export async function refreshBelow({ client, view }: ViewSubmission, draft: { workspaceId: string; draftId: string }, at: Date) {
  if (!view.previous_view_id) return;
  await fillModal(client, { id: view.previous_view_id }, await draftView(client, draft.workspaceId, draft.draftId, at));
}
