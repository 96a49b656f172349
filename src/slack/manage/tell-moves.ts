import type { WebClient } from '@slack/web-api';
import { partMessage } from '../../../blocks/manage/deal-news.ts';
import { OUTCOME_TITLE, outcomeMessage } from '../../../blocks/manage/review-outcome.ts';
import type { Deps } from '../../deps.ts';
import type { Deal } from '../../manage/deals/deal.ts';
import { getDeal } from '../../manage/deals/deal-repository.ts';
import { ROLE_WORDS } from '../../manage/deals/deal-words.ts';
import { DEAL_OUTCOMES } from '../../onboard/mails/partner-mail.ts';
import { getPartnerOnceMerged } from '../../onboard/partners/merge-partners.ts';
import type { Partner } from '../../onboard/partners/partner.ts';
import { tellPartner } from './tell-partner.ts';

type Tools = Parameters<typeof tellPartner>[3];

/** Tells the partner each question and each decision once; what stands in its channel already goes with the state of the deal. Nobody is told once the
 *  partnership is over. Throws what `tellPartner` throws. */
export async function tellMoves(client: WebClient, { deal, partner }: { deal: Deal; partner: Partner }, tools: Tools): Promise<void> {
  if (partner.status === 'ended') return;
  const { id, workspaceId, company: customer, by } = deal;
  for (const [index, { move }] of deal.history.entries()) {
    const outcome = DEAL_OUTCOMES.find((one) => one === move);
    if (!outcome) continue;
    const render = async () => {
      const now = await getDeal(workspaceId, id);
      const event = now.history[index];
      if (!event) throw new Error('a deal lost a step of its history');
      return outcomeMessage(now, event);
    };
    const mail = { template: 'deal', values: (url: string) => ({ url, customer, outcome }) } as const;
    await tellPartner(client, partner, { key: `deal-told:${id}:${index}`, title: OUTCOME_TITLE, render, mail, by }, tools);
  }
}

/** Tells each partner with a part in somebody else's deal so, once; its role there goes with what it is now. Throws what `tellPartner` throws. */
export async function tellParts(client: WebClient, deal: Deal, tools: Pick<Deps, 'now'> & Tools): Promise<void> {
  for (const { partnerId, role } of deal.partners) {
    const partner = await getPartnerOnceMerged(deal.workspaceId, partnerId);
    if (partner.status === 'ended') continue;
    const message = partMessage(deal, role);
    const values = (url: string) => ({ url, partner: partner.name, customer: deal.company, part: ROLE_WORDS[role] });
    const news = { title: message.title, render: async () => message, mail: { template: 'deal-part', values }, by: '' } as const;
    await tellPartner(client, partner, { ...news, key: `deal-part:${deal.id}:${partnerId}` }, tools);
  }
}
