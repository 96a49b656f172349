import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { DELETION_STARTED, NEVER_AGAIN, PRIVACY_TITLE, privacyDeleteForm, privacyPage } from '../../../blocks/programme/privacy-page.ts';
import { erasePersonalData } from '../../../jobs/programme/erase-personal-data.ts';
import type { Deps } from '../../deps.ts';
import { authorisePrivacy } from '../../programme/privacy/erase-whom.ts';
import { exportWhom, gatherWhom, readWhom } from '../../programme/privacy/read-whom.ts';
import { WhomKey } from '../../programme/privacy/whom.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { resolveActor } from '../actor.ts';
import { demandAudience } from '../audience.ts';
import { carried, formValues } from '../form.ts';
import type { ButtonClick, ViewSubmission } from '../listener.ts';
import { fillModal, pushModal } from '../modal.ts';
import { Origin, originOf, tellAt } from '../origin.ts';
import { sendFile } from '../recruit/show-records.ts';

/** `/partners privacy WHO`: what is kept of one person or one company. Refuses `role-needed` and `target-unclear`. */
export async function privacyAnswer(actor: Actor, words: string, { now, personalData }: Deps) {
  const { workspaceId } = actor;
  const key = await readWhom(workspaceId, words);
  await authorisePrivacy(actor, 'look', key, now());
  const { counts } = await gatherWhom(workspaceId, key, personalData);
  return privacyPage(key, counts);
}

/** The file goes to the direct messages of the admin who asked, wherever the button stood. */
export const onExportPrivacy =
  ({ now, personalData }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const { client } = args;
    const actor = await resolveActor(args);
    const { workspaceId, userId } = actor;
    const key = carried(WhomKey, args.action.value);
    await authorisePrivacy(actor, 'export', key, now());
    const bytes = await exportWhom(workspaceId, key, personalData, now());
    await demandAudience(client, workspaceId, { kind: 'person', userId });
    const name = `privacy-${now().toISOString().slice(0, 10)}.json`;
    const text = 'All that I keep of whom you asked about. Hand it on to them alone, and delete this message when you have.';
    await sendFile(client, { user: userId, name, bytes, text, command: 'privacy export WHO' });
    await args.respond({ response_type: 'ephemeral', replace_original: false, text: `The file ${name} is in our direct messages.` });
  };

/** *Delete …* says what goes and what stays, and asks once more. */
export const onOpenPrivacyDelete =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const opened = await pushModal(args, PRIVACY_TITLE);
    const actor = await resolveActor(args);
    const key = carried(WhomKey, args.action.value);
    await authorisePrivacy(actor, 'look', key, now());
    const metadata = JSON.stringify({ key, origin: originOf(args.body) });
    await fillModal(args.client, opened, privacyDeleteForm(key, metadata));
  };

const Metadata = z.object({ key: WhomKey, origin: Origin.default({}) });
const DeleteForm = z.object({ silence: z.array(z.string()).default([]) });

/** Deletes in the background: what is under way to them may have to end first. */
export const onDeletePrivacy =
  ({ enqueue, now }: Deps) =>
  async (args: ViewSubmission): Promise<void> => {
    await args.ack();
    const actor = await resolveActor(args);
    const { workspaceId, userId: by } = actor;
    const { key, origin } = carried(Metadata, args.view.private_metadata);
    await authorisePrivacy(actor, 'delete', key, now());
    const { silence } = DeleteForm.parse(formValues(args.view));
    await enqueue(erasePersonalData, { id: randomUUID(), workspaceId, key, by, silence: silence.includes(NEVER_AGAIN) });
    await tellAt(args.client, actor, origin, { text: DELETION_STARTED });
  };
