import { subMinutes } from 'date-fns';
import { listMailsDue } from '../../src/onboard/mails/partner-mail-repository.ts';
import { defineSweep } from '../job.ts';
import { LOST_MINUTES, tellLostMail } from './tell-lost-mail.ts';

/** Finds mails to partners' people that did not leave, or of which nobody can tell. */
export const sweepPartnerMails = defineSweep({
  name: 'sweep-partner-mails',
  every: '1 minute',
  find: (at) => listMailsDue(subMinutes(at, LOST_MINUTES)),
  act: ({ workspaceId, key }, { enqueue }) => enqueue(tellLostMail, { workspaceId, key }),
});
