import { subDays, subHours, subMinutes } from 'date-fns';
import { z } from 'zod';
import { settleWeightTrails } from '../../src/discover/learning/weights-repository.ts';
import { settleCompanyTrails } from '../../src/programme/companies/company-repository.ts';
import { settleProgrammeTrails } from '../../src/programme/setup/programme-repository.ts';
import { settleRoleTrails } from '../../src/programme/workspaces/role-repository.ts';
import { changedDrafts, listStuckDrafts, settleDraftTrails } from '../../src/recruit/outreach/draft-repository.ts';
import { lapseDrafts } from '../../src/recruit/outreach/lapse-drafts.ts';
import { noteTouch } from '../../src/recruit/outreach/note-touch.ts';
import { listLostSends, listReadyDrafts, listUnnoted } from '../../src/recruit/outreach/outbox-repository.ts';
import { settleLostSend } from '../../src/recruit/outreach/settle-attempt.ts';
import { settleStyleTrails } from '../../src/recruit/style/style-repository.ts';
import { defineJob } from '../job.ts';
import { sendDraft } from './send-draft.ts';
import { showDraftJob, showWhereStale } from './show-draft.ts';
import { writeDraftJob } from './write-draft.ts';

/** Picks up what a dead process left behind: texts not written, approvals not used, sends of unknown fate, cards
 *  that show an older state of the last hour, audit entries. */
export const sweepDrafts = defineJob({
  name: 'sweep-drafts',
  payload: z.object({}),
  every: '1 minute',
  run: async (_payload, { enqueue, log, now }) => {
    const at = now();
    for (const { workspaceId, id } of await listStuckDrafts('writing', subMinutes(at, 2))) {
      await enqueue(writeDraftJob, { workspaceId, draftId: id });
    }
    for (const { workspaceId, id, approval } of await listReadyDrafts(at, subMinutes(at, 1))) {
      if (approval) await enqueue(sendDraft, { workspaceId, draftId: id, approvalId: approval.id });
    }
    for (const draft of await listLostSends(at)) {
      const settled = await settleLostSend(draft, at);
      if (!settled) continue;
      const { workspaceId, id, approval } = settled;
      if (settled.status === 'unknown') log.warn({ workspace: workspaceId, draft: id }, 'nobody can tell whether a mail left');
      else if (approval) await enqueue(sendDraft, { workspaceId, draftId: id, approvalId: approval.id });
      await enqueue(showDraftJob, { workspaceId, draftId: id });
    }
    for (const draft of await listUnnoted()) await noteTouch(draft);
    const recent = subMinutes(at, 1);
    for await (const draft of changedDrafts(subHours(at, 1), recent)) await showWhereStale(draft, enqueue);
    // A person is to look into a mailbox: told within minutes of Slack's return. `sweep-draft-cards` does the rest.
    for await (const draft of changedDrafts(subDays(at, 1), subHours(at, 1), ['unknown'])) await showWhereStale(draft, enqueue);
    for (const { workspaceId, id } of await lapseDrafts(at)) await enqueue(showDraftJob, { workspaceId, draftId: id });
    await Promise.all([
      settleDraftTrails(),
      settleCompanyTrails(),
      settleProgrammeTrails(),
      settleRoleTrails(),
      settleStyleTrails(),
      settleWeightTrails(),
    ]);
  },
});
