import { learnFromEdits, type Suggestion } from '../style/learn-from-edits.ts';
import type { HouseStyle } from '../style/style.ts';
import { listEditedDrafts } from './draft-repository.ts';

/** What the team's edits suggest for its house style, from the last 200 edited drafts; without what is decided already. */
export async function suggestStyle({ workspaceId, replacements, dismissed }: HouseStyle): Promise<Suggestion[]> {
  const drafts = await listEditedDrafts(workspaceId);
  const edits = drafts.toReversed().flatMap(({ id, written, subject, body }) => {
    if (!written || (written.body === body && written.subject === subject)) return [];
    return [{ draftId: id, before: `${written.subject}\n${written.body}`, after: `${subject}\n${body}` }];
  });
  const taken = new Set(replacements.map(({ from }) => from));
  return learnFromEdits(edits, dismissed).filter(({ from }) => !taken.has(from));
}
