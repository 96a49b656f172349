import { listKeepOutDue } from '../../src/onboard/partners/partner-repository.ts';
import { followPartner } from '../../src/slack/onboard/follow-partner.ts';
import { defineSweep } from '../job.ts';

/** Completes what a dead process left of making a company a partner: its domains leave the lists of candidates, and outreach to them stops. */
export const keepPartnersOut = defineSweep({
  name: 'keep-partners-out',
  every: '1 minute',
  find: listKeepOutDue,
  act: followPartner,
});
