import { subMinutes } from 'date-fns';
import { z } from 'zod';
import { MAIL_NOTICE_TITLE, mailNotice } from '../../blocks/onboard/mail-notice.ts';
import { findMail, markMailTold } from '../../src/onboard/mails/partner-mail-repository.ts';
import { settleLost } from '../../src/onboard/mails/send-partner-mail.ts';
import { listPartnersByIds } from '../../src/onboard/partners/partner-repository.ts';
import { tellOwner } from '../../src/slack/onboard/tell-owner.ts';
import { defineJob } from '../job.ts';

/** Longer than a job tries again. */
export const LOST_MINUTES = 30;

/** Tells the owner once of a mail to a partner's person that did not leave, or of which nobody can tell. It is not sent again. */
export const tellLostMail = defineJob({
  name: 'tell-lost-mail',
  payload: z.object({ workspaceId: z.string(), key: z.string() }),
  once: true,
  run: async ({ workspaceId, key }, { now, slackFor }) => {
    const found = await findMail(workspaceId, key);
    if (!found || found.toldAt || found.status === 'sent' || found.status === 'withheld') return;
    const isOver = found.status === 'failed' || found.status === 'unknown';
    if (!isOver && found.changedAt > subMinutes(now(), LOST_MINUTES)) return;
    const mail = isOver ? found : await settleLost(found, now());
    const [partner] = await listPartnersByIds(workspaceId, [mail.partnerId]);
    // Deleted, nobody is left to be told; while it is merged with another, its mails are about to move there.
    if (!partner) return mail.changedAt > subMinutes(now(), LOST_MINUTES) ? undefined : markMailTold(mail, now());
    const told = { key: `partner-mail:${mail.id}`, title: MAIL_NOTICE_TITLE, message: mailNotice(mail, partner) };
    await tellOwner(await slackFor(workspaceId), partner, told);
    await markMailTold(mail, now());
  },
});
