import { listKeepOutDue } from '../../src/onboard/partners/partner-repository.ts';
import { afterPartnerChange } from '../../src/slack/onboard/after-partner-change.ts';
import { defineSweep } from '../job.ts';

/** Completes what a dead process left of making a company a partner: its domains leave the lists of candidates, and outreach to them stops. */
export const keepPartnersOut = defineSweep({
  name: 'keep-partners-out',
  every: '1 minute',
  find: listKeepOutDue,
  act: afterPartnerChange,
});
