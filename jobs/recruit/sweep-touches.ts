import { getDraft } from '../../src/recruit/outreach/draft-repository.ts';
import { noteTouch } from '../../src/recruit/outreach/note-touch.ts';
import { listUnnoted } from '../../src/recruit/outreach/outbox-repository.ts';
import { defineSweep } from '../job.ts';

/** Notes in their threads the messages that left while a process died. */
export const sweepTouches = defineSweep({
  name: 'sweep-touches',
  every: '1 minute',
  find: () => listUnnoted(),
  act: async ({ workspaceId, id }) => noteTouch(await getDraft(workspaceId, id)),
});
