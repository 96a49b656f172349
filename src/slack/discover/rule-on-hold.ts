import { ruledLine } from '../../../blocks/discover/hold-blocks.ts';
import { ACTIONS, type ActionId } from '../../../blocks/ids.ts';
import { context } from '../../../blocks/mrkdwn.ts';
import { pressable } from '../../../blocks/pressable.ts';
import type { Deps } from '../../deps.ts';
import { About } from '../../discover/reviews/review.ts';
import { ruleOnHold, type Says } from '../../discover/reviews/rule-on-hold.ts';
import { resolveActor } from '../actor.ts';
import type { ButtonClick } from '../listener.ts';
import { fillModal, ownModal } from '../modal.ts';
import { originOf } from '../origin.ts';
import { answerAsker } from '../with-fallback.ts';
import { DETAILS_TITLE, detailsPage, listPage } from './company-pages.ts';
import { refreshDigestOf } from './decide-company.ts';

/** A person's word on what holds a company back; shown in the list or on the page where it was said. */
const rule =
  (action: ActionId, says: Says) =>
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const { body, client } = args;
    const page = body.view ? await ownModal(args, DETAILS_TITLE) : null;
    const actor = await resolveActor(args);
    const [companyId = '', named = '', from = '0'] = (args.action.value ?? '').split('|');
    // Only of a rival can it be said that it is to be kept out.
    const about = says === 'keep-out' ? 'rival' : About.catch('rival').parse(named);
    const company = await ruleOnHold(actor, { companyId, about, says }, deps.now());
    await refreshDigestOf(company.workspaceId, company.id, deps);
    if (page) return fillModal(client, page, await detailsPage(company, originOf(body), deps.now()));
    const list = await listPage(company.workspaceId, { from: Math.max(0, Number.parseInt(from, 10) || 0), held: true }, deps.now());
    const blocks = pressable([context(ruledLine(company, action)), ...list.blocks], actor);
    await answerAsker(args, { text: list.text, blocks }, body.container.is_ephemeral === true);
  };

/** *Keep Out*: for good, whatever set-up says. */
export const onKeepOut = rule(ACTIONS.holdKeepOut, 'keep-out');
/** *No Competitor* and *Suggest Anyway*. */
export const onClearHold = rule(ACTIONS.holdClear, 'clear');
/** *Hold Back Again*. */
export const onRestoreHold = rule(ACTIONS.holdRestore, 'hold-back');
