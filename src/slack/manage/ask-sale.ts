import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { DEAL_RECORD_TITLE } from '../../../blocks/manage/deal-record.ts';
import { SALE_TITLE, saleQuestion } from '../../../blocks/manage/sale-question.ts';
import { followProtection } from '../../../jobs/manage/follow-protection.ts';
import { tellDeal } from '../../../jobs/manage/tell-deal.ts';
import type { Deps } from '../../deps.ts';
import { answerSale, noteSale } from '../../manage/conflicts/answer-sale.ts';
import type { CrmOpportunity } from '../../manage/crm/crm-record.ts';
import { listOpportunitiesByIds } from '../../manage/crm/meet-repository.ts';
import type { Deal } from '../../manage/deals/deal.ts';
import { getDeal } from '../../manage/deals/deal-repository.ts';
import { getPartnerOnceMerged } from '../../onboard/partners/merge-partners.ts';
import { resolveActor } from '../actor.ts';
import { carried } from '../form.ts';
import type { ButtonClick } from '../listener.ts';
import { fillModal, ownModal } from '../modal.ts';
import { tellOwner } from '../onboard/tell-owner.ts';
import { dealView } from './show-deal.ts';

/** Asks the colleague who looks after the partner, once, whether a closed sale of the CRM is its deal; the message goes with the answer. Throws what
 *  `tellOwner` throws. */
export async function askSale(
  client: WebClient,
  { deal, sale }: { deal: Pick<Deal, 'workspaceId' | 'id' | 'partnerId'>; sale: CrmOpportunity },
  { now }: Pick<Deps, 'now'>,
): Promise<void> {
  const { workspaceId, id } = deal;
  await noteSale(deal, sale.id, now());
  const partner = await getPartnerOnceMerged(workspaceId, deal.partnerId);
  const message = async () => saleQuestion({ deal: await getDeal(workspaceId, id), partner, sale });
  await tellOwner(client, partner, { key: `deal-sale:${id}:${sale.id}`, title: SALE_TITLE, message });
}

const Asked = z.object({ dealId: z.string(), saleId: z.string() });

/** The answer, in the message or on the deal's card. */
const answer =
  (said: 'this' | 'other') =>
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = args.body.view ? await ownModal(args, DEAL_RECORD_TITLE) : null;
    const actor = await resolveActor(args);
    const asked = carried(Asked, args.action.value);
    const at = deps.now();
    const deal = await answerSale(actor, asked, said, at);
    const { workspaceId, id: dealId } = deal;
    deps.log.info({ workspace: workspaceId, deal: dealId, answer: said }, 'sale of the CRM answered');
    await deps.enqueue(tellDeal, { workspaceId, dealId });
    await deps.enqueue(followProtection, { workspaceId, dealId });
    if (opened) await fillModal(args.client, opened, await dealView(actor, dealId, at));
    const [sale] = await listOpportunitiesByIds(workspaceId, [asked.saleId]);
    if (sale) await askSale(args.client, { deal, sale }, deps);
  };

export const onSaleIsDeal = answer('this');
export const onSaleIsOther = answer('other');
