import { z } from 'zod';
import { BYTES_TITLE, bytesModal, RECORD_TITLE, recordModal } from '../../../blocks/recruit/record-detail.ts';
import type { Deps } from '../../deps.ts';
import { Refusal } from '../../errors.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import { getDraft } from '../../recruit/outreach/draft-repository.ts';
import { RECORD_STATES } from '../../recruit/outreach/outreach-record.ts';
import { findBytes } from '../../recruit/outreach/sent-bytes-repository.ts';
import { recordDetail } from '../../recruit/records/record-detail.ts';
import { resolveActor } from '../actor.ts';
import type { ButtonClick } from '../listener.ts';
import { fillModal, openModal, pushModal } from '../modal.ts';
import { recordsOverviewPage, recordsStatePage } from './records-pages.ts';

const Turn = z.object({ state: z.enum(RECORD_STATES), from: z.number().int().min(0).max(1_000_000) });

/** A page of one state in place of what is shown; also the next and the previous one. */
export const onTurnRecords =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const workspaceId = await demandTeam(args, 'outreach:list', now());
    const page = await recordsStatePage(workspaceId, Turn.parse(JSON.parse(args.action.value ?? '')));
    await args.respond({ response_type: 'ephemeral', replace_original: true, ...page });
  };

export const onAllRecords =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const workspaceId = await demandTeam(args, 'outreach:list', now());
    await args.respond({ response_type: 'ephemeral', replace_original: true, ...(await recordsOverviewPage(workspaceId, now())) });
  };

export const onOpenRecord =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await openModal(args, args.body.trigger_id, RECORD_TITLE);
    const draftId = args.action.value ?? '';
    const workspaceId = await demandTeam(args, `draft:${draftId}`, now());
    await fillModal(args.client, opened, recordModal(await recordDetail(workspaceId, draftId)));
  };

/** On top of the message's page, so that closing leads back to it. */
export const onShowBytes =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, BYTES_TITLE);
    const draftId = args.action.value ?? '';
    const workspaceId = await demandTeam(args, `draft:${draftId}`, now());
    const bytes = await findBytes(await getDraft(workspaceId, draftId));
    if (!bytes) throw new Refusal('draft-unknown');
    await fillModal(args.client, opened, bytesModal(bytes.toString(), draftId));
  };

/** Records are for the whole team to read, and for nobody else. */
async function demandTeam(args: ButtonClick, subject: string, at: Date): Promise<string> {
  const actor = await resolveActor(args);
  await authorise(actor, 'internal', { action: 'outreach.look', subject, at });
  return actor.workspaceId;
}
