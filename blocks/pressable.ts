import type { KnownBlock } from '@slack/types';
import { type Actor, mayAct, type Need } from '../src/programme/workspaces/role.ts';
import { ACTIONS, type ActionId } from './ids.ts';
import { context } from './mrkdwn.ts';
import { WHO_WORDS } from './words.ts';

/** Who may press what; all else everybody of the team may. What is shown says nothing of what is allowed: the server asks again at each
 *  click. */
const NEEDS: Partial<Record<ActionId, Need>> = {
  [ACTIONS.setupOpen]: 'admin',
  [ACTIONS.measureRules]: 'admin',
  [ACTIONS.qbrOpen]: 'manager',
  [ACTIONS.costAdd]: 'manager',
  [ACTIONS.returnWhy]: 'manager',
  [ACTIONS.rateType]: 'manager',
  [ACTIONS.costTakeBack]: 'manager',
  [ACTIONS.costImport]: 'manager',
  [ACTIONS.costExport]: 'manager',
  [ACTIONS.linkRules]: 'admin',
  [ACTIONS.webhookOpen]: 'admin',
  [ACTIONS.importOpen]: 'manager',
  [ACTIONS.companyDraft]: 'manager',
  [ACTIONS.companyReject]: 'manager',
  [ACTIONS.companyLater]: 'manager',
  [ACTIONS.companyReconsider]: 'manager',
  [ACTIONS.partnerEdit]: 'manager',
  [ACTIONS.partnerNote]: 'manager',
  [ACTIONS.partnerPerson]: 'manager',
  [ACTIONS.partnerPersonChange]: 'manager',
  [ACTIONS.partnerEnd]: 'manager',
  [ACTIONS.partnerTakeBack]: 'manager',
  [ACTIONS.partnerMerge]: 'manager',
  [ACTIONS.pageSend]: 'manager',
  [ACTIONS.holdKeepOut]: 'manager',
  [ACTIONS.holdClear]: 'manager',
  [ACTIONS.holdSuggest]: 'manager',
  [ACTIONS.holdRestore]: 'manager',
  [ACTIONS.replyShow]: 'manager',
  [ACTIONS.researchPause]: 'manager',
  [ACTIONS.researchGoOn]: 'manager',
  [ACTIONS.recordsExport]: 'manager',
  [ACTIONS.dealWithdraw]: 'manager',
  [ACTIONS.dealGrant]: 'manager',
  [ACTIONS.dealLeave]: 'manager',
  [ACTIONS.dealRevoke]: 'manager',
  [ACTIONS.dealShare]: 'manager',
  [ACTIONS.dealUnshare]: 'manager',
  [ACTIONS.crmOwnerName]: 'manager',
  [ACTIONS.dealSaleYes]: 'manager',
  [ACTIONS.dealSaleNo]: 'manager',
  [ACTIONS.dealWin]: 'manager',
  [ACTIONS.dealLose]: 'manager',
  [ACTIONS.channelOpen]: 'manager',
  [ACTIONS.channelAgain]: 'manager',
  [ACTIONS.channelWithdraw]: 'manager',
  [ACTIONS.channelConfirm]: 'manager',
  [ACTIONS.touchCount]: 'manager',
  [ACTIONS.earningsShow]: 'manager',
  [ACTIONS.paymentReview]: 'manager',
  [ACTIONS.planList]: 'admin',
  [ACTIONS.moneyFile]: 'manager',
  [ACTIONS.moneyOpen]: 'manager',
  [ACTIONS.dealTake]: 'manager',
  [ACTIONS.dealApprove]: 'manager',
  [ACTIONS.dealReject]: 'manager',
  [ACTIONS.dealAsk]: 'manager',
};

/** What one person alone sees, without the buttons that this person may not press; a line says that they are there for others. */
export function pressable(blocks: KnownBlock[], actor: Actor): KnownBlock[] {
  const missing = new Set<Need>();
  const may = (element: object): boolean => {
    const need = 'action_id' in element ? NEEDS[element.action_id as ActionId] : undefined; // another id is in no table
    if (!need || mayAct(actor, need)) return true;
    missing.add(need);
    return false;
  };
  const shown = blocks.flatMap((block) => without(block, may));
  if (missing.size === 0) return blocks;
  const who = [...missing].map((need) => WHO_WORDS[need]).join(' and ');
  return [...shown, context(`Some buttons are for ${who} only; they are left out here. \`/partners roles\` names them.`)];
}

function without(block: KnownBlock, may: (element: object) => boolean): KnownBlock[] {
  switch (block.type) {
    case 'actions': {
      const elements = block.elements.filter(may);
      return elements.length > 0 ? [{ ...block, elements }] : [];
    }
    case 'section': {
      const { accessory, ...rest } = block;
      return accessory && !may(accessory) ? [rest] : [block];
    }
    case 'card': {
      const { actions = [], ...rest } = block;
      const left = actions.filter(may);
      return [left.length > 0 ? { ...rest, actions: left } : rest];
    }
    case 'container': {
      const left = block.child_blocks.flatMap((child) => without(child, may)) as typeof block.child_blocks; // each stays of its kind
      return [{ ...block, child_blocks: left }];
    }
    default:
      return [block];
  }
}
