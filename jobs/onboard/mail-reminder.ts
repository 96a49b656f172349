import { z } from 'zod';
import { MailedStep } from '../../src/onboard/mails/partner-mail.ts';
import { sendPartnerMail } from '../../src/onboard/mails/send-partner-mail.ts';
import { getPartner } from '../../src/onboard/partners/partner-repository.ts';
import { defineJob } from '../job.ts';

/** Mails a partner's person who has no Slack with us what waits for them. The `key` names the person and the day: one mail leaves. */
export const mailReminder = defineJob({
  name: 'mail-reminder',
  payload: z.object({
    ...{ workspaceId: z.string(), partnerId: z.string(), contactId: z.string() },
    ...{ key: z.string(), steps: z.array(MailedStep) },
  }),
  once: true,
  run: async ({ steps, ...asked }, deps) => {
    if (!deps.publicUrl) return;
    const { name: partner } = await getPartner(asked.workspaceId, asked.partnerId);
    const values = { url: `${deps.publicUrl}/page/new-link`, partner, steps };
    await sendPartnerMail({ ...asked, template: 'reminder', values: async () => values }, deps);
  },
});
