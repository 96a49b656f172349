import { subMinutes } from 'date-fns';
import { MAIL_NOTICE_TITLE, mailNotice } from '../../blocks/onboard/mail-notice.ts';
import { listMailsDue, markMailTold } from '../../src/onboard/mails/partner-mail-repository.ts';
import { settleLost } from '../../src/onboard/mails/send-partner-mail.ts';
import { getPartner } from '../../src/onboard/partners/partner-repository.ts';
import { tellOwner } from '../../src/slack/onboard/tell-owner.ts';
import { defineSweep } from '../job.ts';

/** Longer than a job tries again. */
const LOST_MINUTES = 30;

/** Finds mails to partners' people that did not leave, or of which nobody can tell, and tells the owner once. None is sent again from here. */
export const sweepPartnerMails = defineSweep({
  name: 'sweep-partner-mails',
  every: '1 minute',
  find: async (at) => listMailsDue(subMinutes(at, LOST_MINUTES)),
  act: async (found, { now, slackFor }) => {
    const isOver = found.status === 'failed' || found.status === 'unknown';
    const mail = isOver ? found : await settleLost(found, now());
    const { workspaceId, partnerId, id } = mail;
    const partner = await getPartner(workspaceId, partnerId);
    const told = { key: `partner-mail:${id}`, title: MAIL_NOTICE_TITLE, message: mailNotice(mail, partner) };
    await tellOwner(await slackFor(workspaceId), partner, told);
    await markMailTold(mail, now());
  },
});
