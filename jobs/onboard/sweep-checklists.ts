import { subDays } from 'date-fns';
import { listChecklistCardsDue } from '../../src/onboard/checklists/checklist-repository.ts';
import { followPartner } from '../../src/onboard/checklists/follow-partner.ts';
import { getPartner, listPartnersSince } from '../../src/onboard/partners/partner-repository.ts';
import { isShowable } from '../../src/slack/onboard/show-checklist.ts';
import { isShown } from '../../src/slack/post-repository.ts';
import { defineSweep } from '../job.ts';
import { showChecklistJob } from './show-checklist.ts';

/** Of partners whose status changed within a week and of checklists that changed within a day: makes what is missing, stops what has ended, settles
 *  milestones that nobody reported, and queues the message where it does not show how things stand. */
export const sweepChecklists = defineSweep({
  name: 'sweep-checklists',
  every: '1 minute',
  find: async (at) => {
    const partners = await listPartnersSince(subDays(at, 7));
    const changed = await listChecklistCardsDue(subDays(at, 1));
    const refs = [...partners, ...changed.map(({ workspaceId, partnerId }) => ({ workspaceId, id: partnerId }))];
    return new Map(refs.map((ref) => [`${ref.workspaceId} ${ref.id}`, ref])).values();
  },
  act: async ({ workspaceId, id }, { enqueue, now }) => {
    const partner = await getPartner(workspaceId, id);
    const { changedAt } = await followPartner(partner, now());
    if (!isShowable(partner) || (await isShown(workspaceId, `checklist:${id}`, changedAt))) return;
    await enqueue(showChecklistJob, { workspaceId, partnerId: id });
  },
});
