import { z } from 'zod';
import { findDeal } from '../../src/manage/deals/deal-repository.ts';
import { DEAL_OUTCOMES } from '../../src/onboard/mails/partner-mail.ts';
import { sendPartnerMail } from '../../src/onboard/mails/send-partner-mail.ts';
import { defineJob } from '../job.ts';

/** Mails a partner's person who has no Slack with us that there is a question or a decision. What was said is on their page, not in the mail. The `key`
 *  names the step of the deal: one mail leaves. */
export const mailDeal = defineJob({
  name: 'mail-deal',
  payload: z.object({
    ...{ workspaceId: z.string(), partnerId: z.string(), contactId: z.string(), key: z.string() },
    ...{ dealId: z.string(), outcome: z.enum(DEAL_OUTCOMES) },
  }),
  once: true,
  run: async ({ dealId, outcome, ...asked }, deps) => {
    const deal = await findDeal(asked.workspaceId, dealId);
    if (!deps.publicUrl || !deal) return;
    const values = { url: `${deps.publicUrl}/page/new-link`, customer: deal.company, outcome };
    await sendPartnerMail({ ...asked, template: 'deal', values: async () => values }, deps);
  },
});
