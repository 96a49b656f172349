import { CommandError } from '../errors.ts';
import { PERSONAL_DATA } from '../personal-data.ts';
import { recordAudit } from '../programme/audit/audit-repository.ts';
import { subjectOf } from '../programme/privacy/erase-whom.ts';
import { exportWhom, readWhom } from '../programme/privacy/read-whom.ts';
import { chooseWorkspace, withDatabase } from './with-database.ts';

type Asked = { who: string; workspace: string | undefined; by: string };

/** `privacy export WHO`: all that is kept of one person or one company, as JSON on standard output; recorded. Deleting is done in Slack, where the
 *  messages that name them are replaced as well. */
export async function runPrivacyExport({ who, workspace, by }: Asked, print: (line: string) => void): Promise<void> {
  await withDatabase(async () => {
    const workspaceId = await chooseWorkspace(workspace);
    if (!workspaceId)
      throw new CommandError('No Slack workspace is connected yet. Start the app with its Slack settings first (see the README).');
    const key = await readWhom(workspaceId, who);
    const at = new Date();
    const subject = subjectOf(workspaceId, key);
    await recordAudit({ workspaceId, by, at, action: 'privacy.export', subject, after: { kind: key.kind } });
    print((await exportWhom(workspaceId, key, PERSONAL_DATA, at)).toString().trimEnd());
  });
}
