import type { Deps } from '../../deps.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import { exportOutreach } from '../../recruit/records/export-outreach.ts';
import { resolveActor } from '../actor.ts';
import { sendFile } from '../files.ts';
import type { ButtonClick } from '../listener.ts';

/** Every message with its record as CSV, to the direct messages of the manager who asked: a channel may be read by others. */
export const onExportRecords =
  ({ now }: Deps) =>
  async (args: ButtonClick): Promise<void> => {
    await args.ack();
    const actor = await resolveActor(args);
    const { workspaceId, userId } = actor;
    await authorise(actor, 'manager', { action: 'outreach.export', subject: 'outreach:all', at: now() });
    const lines: string[] = [];
    for await (const line of exportOutreach(workspaceId)) lines.push(line);
    const name = `outreach-${now().toISOString().slice(0, 10)}.csv`;
    const text = 'Every outreach message with its record. It holds names and addresses: keep it as you keep those.';
    await sendFile(args.client, { user: userId, name, bytes: Buffer.from(lines.join('')), text });
    await args.respond({ response_type: 'ephemeral', replace_original: false, text: `The file ${name} is in our direct messages.` });
  };
