import { z } from 'zod';
import { PAYMENT_CARD_TITLE, paymentCard } from '../../blocks/onboard/payment-card.ts';
import { noteMilestone } from '../../src/onboard/checklists/follow-partner.ts';
import { getPartnerOnceMerged } from '../../src/onboard/partners/merge-partners.ts';
import { findPayment, markAsked, movePayment } from '../../src/onboard/payment-details/payment-repository.ts';
import { getProgramme } from '../../src/programme/setup/programme-repository.ts';
import { tellOwner } from '../../src/slack/onboard/tell-owner.ts';
import { showOnce } from '../../src/slack/post-once.ts';
import { defineJob } from '../job.ts';
import { showChecklistJob } from './show-checklist.ts';

/** Shows the team payment details that wait for a second person, in its channel, where one who did not enter them reads it too; without a channel,
 *  to whoever looks after the partner. Brings the card up to date once it is decided. */
export const askPayment = defineJob({
  name: 'ask-payment',
  payload: z.object({ workspaceId: z.string(), partnerId: z.string(), entryId: z.string() }),
  once: 'while-waiting',
  run: async ({ workspaceId, partnerId: given, entryId }, { dataKeys: keys, enqueue, now, slackFor }) => {
    const partner = await getPartnerOnceMerged(workspaceId, given);
    const partnerId = partner.id;
    // They were given while the record of the partner was merged with another.
    if (partnerId !== given) await movePayment(workspaceId, given, partnerId);
    const { digest } = await getProgramme(workspaceId);
    const client = await slackFor(workspaceId);
    const key = `payment:${entryId}`;
    const render = async () => {
      const details = await findPayment(workspaceId, partnerId);
      if (!details) throw new Error('payment details are gone');
      return paymentCard({ partner, entryId, details, keys });
    };
    if (digest)
      await showOnce(client, { workspaceId, key, to: { kind: 'internal-channel', channel: digest.channel } }, PAYMENT_CARD_TITLE, render);
    else await tellOwner(client, partner, { key, title: PAYMENT_CARD_TITLE, message: await render() });
    await noteMilestone(workspaceId, partnerId, 'payment-details-given', now());
    await enqueue(showChecklistJob, { workspaceId, partnerId });
    await markAsked(workspaceId, partnerId, entryId);
  },
});
