import { z } from 'zod';
import { Refusal } from '../../errors.ts';
import { auditEntry } from '../../programme/audit/audit.ts';
import type { Programme } from '../../programme/setup/programme.ts';
import { getProgramme, saveCorrection } from '../../programme/setup/programme-repository.ts';
import { authorise } from '../../programme/workspaces/authorise.ts';
import type { Actor } from '../../programme/workspaces/role.ts';
import { AREA_IDS } from './areas.ts';
import type { Correction } from './fit.ts';
import { MOST_AREAS, type OwnReading, offeredAreas, ownReading } from './fit-profile.ts';

/** What a person chooses. No area, and `as-read`, go back to what the texts of set-up say. Services follow from the wanted types, so
 *  they are not chosen here. */
export const NewCorrection = z.object({
  areas: z
    .array(z.enum(AREA_IDS, 'Choose fields from the list'))
    .max(MOST_AREAS, `Choose at most ${MOST_AREAS}: with more, everything fits`)
    .default([])
    .transform((areas) => [...new Set(areas)]),
  relation: z.enum(['as-read', 'complements', 'adopters'], 'Choose one'),
});
export type NewCorrection = z.infer<typeof NewCorrection>;

/** Says what the set-up texts mean, where they were understood wrongly; the ranking follows at once. The same again changes nothing.
 *  Refuses `role-needed` to anyone but an admin, and `setup-incomplete`. */
export async function correctReading(actor: Actor, chosen: NewCorrection, at: Date): Promise<Programme> {
  const { workspaceId } = actor;
  const subject = 'programme:reading';
  await authorise(actor, 'admin', { action: 'programme.correct', subject, at });
  const programme = await getProgramme(workspaceId);
  const reading = ownReading(programme);
  if (!reading) throw new Refusal('setup-incomplete', { step: 'company' });
  const before = programme.corrected;
  const after = correctionFrom(chosen, reading);
  if (JSON.stringify(before) === JSON.stringify(after)) return programme;
  return saveCorrection(
    workspaceId,
    after,
    auditEntry({ workspaceId, by: actor.userId, at, action: 'programme.correct', subject, before, after }),
  );
}

/** Fields that are those of the texts anyway stay with the texts, also when these change. Null is no correction at all. */
function correctionFrom({ areas, relation }: NewCorrection, { asRead }: OwnReading): Correction | null {
  const read = offeredAreas(asRead.areas);
  const isRead = areas.length === 0 || (areas.length === read.length && areas.every((id) => read.includes(id)));
  if (isRead && relation === 'as-read') return null;
  return { ...(isRead ? {} : { areas }), ...(relation === 'as-read' ? {} : { relation }) };
}
