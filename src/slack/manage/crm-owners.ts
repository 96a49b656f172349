import { z } from 'zod';
import {
  NOT_A_COLLEAGUE,
  OWNERS_SHOWN,
  OWNERS_TITLE,
  ownerField,
  ownersForm,
  ownersKept,
  readOwnerRow,
} from '../../../blocks/manage/crm-owners.ts';
import { crmPage } from '../../../blocks/manage/crm-page.ts';
import { meetOpportunities } from '../../../jobs/manage/meet-opportunities.ts';
import type { Deps } from '../../deps.ts';
import { Refusal } from '../../errors.ts';
import { readStanding } from '../../manage/crm/crm-standing.ts';
import { matchOwners } from '../../manage/crm/match-owners.ts';
import { listOwners } from '../../manage/crm/mirror-repository.ts';
import { isFullMember } from '../actor.ts';
import { carried, formValues } from '../form.ts';
import { type ButtonClick, beforeAck, type ViewSubmission } from '../listener.ts';
import { fillModal, ownModal, pushModal } from '../modal.ts';
import { answerAsker } from '../with-fallback.ts';
import { demandManager } from './crm.ts';

const openOwners =
  (open: typeof pushModal) =>
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await open(args, OWNERS_TITLE);
    const { workspaceId } = await demandManager(args, deps, 'crm.owners');
    const from = z.coerce.number().int().min(0).catch(0).parse(args.action.value);
    await fillModal(args.client, opened, ownersForm({ ...(await listOwners(workspaceId, from, OWNERS_SHOWN)), from }));
  };

/** *Who Owners Are*, on top of the page; its own buttons turn it over in its place. */
export const onOpenOwners = openOwners((args, title) => (args.body.view?.callback_id ? ownModal(args, title) : pushModal(args, title)));
export const onNextOwners = openOwners(ownModal);

const OwnersPage = z.object({ from: z.number().int(), ids: z.array(z.string()).max(OWNERS_SHOWN) });

/** Keeps who each owner is, has them warned of what they are to hear, and shows the next. Only full members of the home workspace are owners. */
export const onNameOwners =
  (deps: Deps) =>
  async (submission: ViewSubmission): Promise<void> => {
    const args = beforeAck(submission);
    const { workspaceId, userId } = await demandManager(args, deps, 'crm.owners');
    const { from, ids } = carried(OwnersPage, args.view.private_metadata);
    const values = formValues(args.view);
    const chosen = ids.map((id, index) => ({
      id,
      field: ownerField(index),
      user: z.string().nullable().catch(null).parse(values[ownerField(index)]),
    }));
    const wrong = await Promise.all(
      chosen.map(async ({ field, user }) =>
        user && !(await isFullMember(args.client, workspaceId, user)) ? [[field, NOT_A_COLLEAGUE] as const] : [],
      ),
    );
    if (wrong.flat().length > 0) return args.ack({ response_action: 'errors', errors: Object.fromEntries(wrong.flat()) });
    const matched = chosen.map(({ id, user }) => ({ id, user }));
    await matchOwners(workspaceId, matched, userId, deps.now());
    await args.ack({ response_action: 'update', view: ownersForm({ ...(await listOwners(workspaceId, from, OWNERS_SHOWN)), from }) });
    await deps.enqueue(meetOpportunities, { workspaceId });
  };

const Chosen = z.object({ selected_user: z.string(), block_id: z.string() });

/** *Who is this in Slack?*, beside one owner: in the message that says that nobody knows them, and on the CRM's page. Whoever is chosen is warned at once.
 *  Refuses `owner-external`. */
export const onNameOwner =
  (deps: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const page = args.body.view ? await ownModal(args, OWNERS_TITLE) : null;
    const { workspaceId, userId } = await demandManager(args, deps, 'crm.owners');
    const { selected_user: user, block_id: row } = Chosen.parse(args.action);
    if (!(await isFullMember(args.client, workspaceId, user))) throw new Refusal('owner-external');
    await matchOwners(workspaceId, [{ id: readOwnerRow(row), user }], userId, deps.now());
    await deps.enqueue(meetOpportunities, { workspaceId });
    if (page) await fillModal(args.client, page, crmPage(await readStanding(workspaceId, deps)));
    else await answerAsker(args, { text: ownersKept(user) }, false);
  };
