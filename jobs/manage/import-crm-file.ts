import { z } from 'zod';
import { crmFileMessage } from '../../blocks/manage/crm-messages.ts';
import { escaped, section } from '../../blocks/mrkdwn.ts';
import { refusalSentence } from '../../blocks/refusals.ts';
import { Refusal } from '../../src/errors.ts';
import { importCrmFile } from '../../src/manage/crm/import-crm-file.ts';
import { FILE_OBJECTS } from '../../src/manage/crm/read-crm-file.ts';
import { downloadFile } from '../../src/slack/download-file.ts';
import { type Message, showOnce } from '../../src/slack/post-once.ts';
import { defineJob } from '../job.ts';
import { meetOpportunities } from './meet-opportunities.ts';

/** Takes a file of opportunities or accounts over into the mirror, and tells whoever brought it. Run again, it changes nothing. */
export const importCrmFileJob = defineJob({
  name: 'import-crm-file',
  payload: z.object({
    workspaceId: z.string(),
    importId: z.string(),
    userId: z.string(),
    fileId: z.string(),
    fileName: z.string(),
    object: z.enum(FILE_OBJECTS),
    /** When it was brought: it stands for when the CRM changed what is in it. */
    at: z.coerce.date(),
  }),
  run: async ({ workspaceId, importId, userId, fileId, fileName, object, at }, { enqueue, log, now, slackFor }) => {
    const client = await slackFor(workspaceId);
    const target = { workspaceId, key: `crm-file:${importId}`, to: { kind: 'person', userId } } as const;
    const show = (message: Message) => showOnce(client, target, `Reading ${escaped(fileName)}`, async () => message);
    try {
      const bytes = await downloadFile(client, fileId);
      const { file, applied } = await importCrmFile(
        workspaceId,
        { bytes, name: fileName, object, by: userId, importId },
        { at, now: now() },
      );
      await enqueue(meetOpportunities, { workspaceId });
      await show(crmFileMessage(fileName, object, file, applied));
      log.info({ workspace: workspaceId, added: applied.added, changed: applied.changed }, 'CRM file taken over');
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const text = refusalSentence(error.code, error.details);
      await show({ text, blocks: [section(`:warning: ${text}`)] });
    }
  },
});
