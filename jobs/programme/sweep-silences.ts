import { followLeftSilences } from '../../src/programme/suppression/follow-silence.ts';
import { listSilencesDue, type SilenceDue } from '../../src/programme/suppression/suppression-repository.ts';
import { defineSweep } from '../job.ts';

/** Finds silence, begun or ended, that the stages of companies have not followed because a process died in between. */
export const sweepSilences = defineSweep({
  name: 'sweep-silences',
  every: '1 minute',
  find: async () => {
    const byWorkspace = new Map<string, SilenceDue[]>();
    for (const one of await listSilencesDue()) byWorkspace.set(one.workspaceId, [...(byWorkspace.get(one.workspaceId) ?? []), one]);
    return [...byWorkspace].map(([workspaceId, due]) => ({ workspaceId, id: workspaceId, due }));
  },
  act: ({ workspaceId, due }) => followLeftSilences(workspaceId, due),
});
