import { z } from 'zod';
import { followTemplates, listBehind } from '../../src/onboard/checklists/follow-templates.ts';
import { PartnerType } from '../../src/programme/setup/programme.ts';
import { defineJob } from '../job.ts';
import { showChecklistJob } from './show-checklist.ts';

/** Brings the running checklists of one type of partner along with what a manager changed; run again, it goes on where it stopped. */
export const followTemplatesJob = defineJob({
  name: 'follow-templates',
  payload: z.object({ workspaceId: z.string(), type: PartnerType, by: z.string() }),
  once: true,
  run: async ({ workspaceId, type, by }, { enqueue, log, now }) => {
    const behind = await listBehind(workspaceId, type, now());
    for (const partner of behind) {
      await followTemplates(partner, by, now());
      await enqueue(showChecklistJob, { workspaceId, partnerId: partner.id });
    }
    log.info({ workspace: workspaceId, type, checklists: behind.length }, 'checklists followed their template');
  },
});
