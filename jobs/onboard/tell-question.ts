import { z } from 'zod';
import { LONGEST_QUESTION, questionNotice } from '../../blocks/onboard/desk.ts';
import { getPartner } from '../../src/onboard/partners/partner-repository.ts';
import { tellOwner } from '../../src/slack/onboard/tell-owner.ts';
import { defineJob } from '../job.ts';

/** Brings a partner's question to whoever looks after it. The question itself is kept nowhere else. */
export const tellQuestion = defineJob({
  name: 'tell-question',
  payload: z.object({
    workspaceId: z.string(),
    partnerId: z.string(),
    questionId: z.string(),
    asker: z.string(),
    question: z.string().max(LONGEST_QUESTION),
  }),
  run: async ({ workspaceId, partnerId, questionId, asker, question }, { slackFor }) => {
    const partner = await getPartner(workspaceId, partnerId);
    const notice = questionNotice({ partner: partner.name, asker, question, channel: partner.channel });
    await tellOwner(await slackFor(workspaceId), partner, { key: `question:${questionId}`, title: notice.text, message: notice });
  },
});
