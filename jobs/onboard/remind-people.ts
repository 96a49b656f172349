import { z } from 'zod';
import { Refusal } from '../../src/errors.ts';
import { dueReminders } from '../../src/onboard/checklists/due-reminders.ts';
import { workWeekOf } from '../../src/onboard/checklists/working-days.ts';
import { getProgramme } from '../../src/programme/setup/programme-repository.ts';
import { remind } from '../../src/slack/onboard/remind.ts';
import { defineJob } from '../job.ts';
import { showChecklistJob } from './show-checklist.ts';

/** Reminds the people of one workspace and of its partners of what is due and late, each at their hour. */
export const remindPeople = defineJob({
  name: 'remind-people',
  payload: z.object({ workspaceId: z.string() }),
  once: true,
  run: async ({ workspaceId }, deps) => {
    const { enqueue, log, now, slackFor } = deps;
    const at = now();
    const [client, reminders, programme] = await Promise.all([
      slackFor(workspaceId),
      dueReminders(workspaceId, at),
      getProgramme(workspaceId),
    ]);
    const sender = { workspaceId, us: programme.company?.name ?? 'us', timeZone: workWeekOf(programme).timeZone, at };
    for (const reminder of reminders) {
      try {
        if (!(await remind(client, reminder, sender, deps))) continue;
        // What was due yesterday is late today, and their channel says so.
        const late = reminder.about.filter((one) => one.late > 0).map(({ partner }) => partner.id);
        for (const partnerId of new Set(late)) await enqueue(showChecklistJob, { workspaceId, partnerId });
      } catch (error) {
        // Somebody who has left keeps nobody else waiting.
        if (!(error instanceof Refusal)) throw error;
        log.warn({ workspace: workspaceId, code: error.code }, 'a person was not reminded');
      }
    }
  },
});
