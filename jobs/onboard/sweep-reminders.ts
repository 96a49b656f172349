import { addDays } from 'date-fns';
import { listRemindersDue } from '../../src/onboard/checklists/checklist-repository.ts';
import { defineSweep } from '../job.ts';
import { remindPeople } from './remind-people.ts';

/** Finds the workspaces in which something is due. Each knows its own day: one that begins today somewhere on earth is looked at. */
export const sweepReminders = defineSweep({
  name: 'sweep-reminders',
  every: '15 minutes',
  find: (at) => listRemindersDue(addDays(at, 1).toISOString().slice(0, 10)),
  act: ({ workspaceId }, { enqueue }) => enqueue(remindPeople, { workspaceId }),
});
