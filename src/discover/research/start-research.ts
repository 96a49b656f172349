import { randomUUID } from 'node:crypto';
import type { Deps } from '../../deps.ts';
import { Refusal } from '../../errors.ts';
import { auditEntry } from '../../programme/audit/audit.ts';
import { cleanText, shortenText } from '../../programme/companies/clean-text.ts';
import { setupGaps } from '../../programme/setup/programme.ts';
import { getProgramme } from '../../programme/setup/programme-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { aStep, isStanding, NOTHING, type Research, type ResearchWanted } from './research.ts';
import { endResearch, findRunning, getResearch, insertResearch } from './research-repository.ts';

const MAX_WORDS = 200;

/** Starts a run for a manager; its first step plans the searches. A standing run gives way to it. Refuses `role-needed`, `word-needed`, `research-needs-key`,
 *  `setup-incomplete` and `research-running`. */
export async function startResearch(actor: Actor, words: string, research: Deps['research'], at: Date): Promise<Research> {
  const { workspaceId, userId } = actor;
  await authorise(actor, 'manager', { action: 'research.start', subject: 'research:new', at });
  const wanted = shortenText(cleanText(words), MAX_WORDS).text;
  if (wanted === '') throw new Refusal('word-needed', { usage: '/partners research ERP consultants in Poland' });
  if (!research) throw new Refusal('research-needs-key');
  const programme = await getProgramme(workspaceId);
  if (!programme.company || !programme.digest) throw new Refusal('setup-incomplete', { step: setupGaps(programme)[0] ?? 'digest' });
  const run = newRun(workspaceId, { id: randomUUID(), words: wanted, by: userId }, at);
  if (await insertRun(run)) return run;
  const other = await findRunning(workspaceId);
  if (other && isStanding(other)) await endResearch(other, 'cancelled', 'gave-way', userId, at);
  if (!(await insertRun(run))) throw new Refusal('research-running');
  return run;
}

type Asked = Pick<Research, 'id' | 'by'> & ({ words: string } | { wanted: ResearchWanted });

export function newRun(workspaceId: string, { id, by, ...asked }: Asked, at: Date): Research {
  return {
    id,
    workspaceId,
    words: '',
    ...asked,
    by,
    status: 'running',
    note: null,
    notBefore: null,
    steps: [aStep('plan', 'words' in asked ? asked.words : '')],
    spent: NOTHING,
    createdAt: at,
    updatedAt: at,
  };
}

/** False while another run of the workspace is under way, or where its id is taken. */
export async function insertRun(run: Research): Promise<boolean> {
  const { workspaceId, id, words, wanted, createdAt: at } = run;
  const by = isStanding(run) ? 'system' : run.by;
  const entry = auditEntry({
    workspaceId,
    by,
    at,
    action: 'research.start',
    subject: `research:${id}`,
    after: wanted ? { wanted } : { words },
  });
  return insertResearch(run, entry);
}

/** Stops a run; what it has found stays. Pressed twice, or after the end, it changes nothing. Refuses `role-needed` and `research-unknown`. */
export async function cancelResearch(actor: Actor, id: string, at: Date): Promise<{ research: Research; changed: boolean }> {
  await authorise(actor, 'manager', { action: 'research.cancel', subject: `research:${id}`, at });
  const research = await getResearch(actor.workspaceId, id);
  const ended = await endResearch(research, 'cancelled', null, actor.userId, at);
  return ended ? { research: ended, changed: true } : { research: await getResearch(actor.workspaceId, id), changed: false };
}
