import { html } from '../../onboard/pages/html.ts';
import type { PageSection } from '../../onboard/pages/page-section.ts';
import { countDeals } from './deal-repository.ts';

/** What was registered so far. No deal is approved here yet, so no money is due, and none is made up. */
export function earningsSection(): PageSection {
  return {
    path: 'earnings',
    title: 'Earnings',
    object: 'statement',
    show: async ({ actor }) => {
      const total = await countDeals(actor.workspaceId, { partnerId: actor.partnerId });
      return html`<p><strong>${total}</strong> ${total === 1 ? 'deal' : 'deals'} registered.</p>
<p>Earnings start with the first approved deal. Until then there is nothing to pay.</p>
<p>Say under <a href="payment">Payment details</a> how you want to be paid.</p>`;
    },
  };
}
