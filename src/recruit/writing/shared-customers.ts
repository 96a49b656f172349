import { LISTS } from '../../discover/fit/fit-target.ts';
import { findPhrases } from '../../discover/fit/phrase-matcher.ts';
import type { SegmentId } from '../../discover/fit/segments.ts';
import type { OwnCompany } from '../../programme/setup/programme.ts';
import type { Angle } from './angles.ts';

/** Too many are one of these for it to say anything. */
const EVERYBODY: ReadonlySet<SegmentId> = new Set(['software-companies', 'startups', 'enterprise']);

/** Words of a quote that name a group of customers which set-up names as ours, as they stand there; null when there are none. Only what a
 *  sentence or line says counts: an entry of a directory names no customers. */
export function sharedCustomers({ customers }: Pick<OwnCompany, 'customers'>, { kind, quote }: Angle): string | null {
  if (kind !== 'line' && kind !== 'text') return null;
  const ours = new Set(groupsIn(customers).map(({ id }) => id));
  const shared = groupsIn(quote).find(({ id }) => ours.has(id) && !EVERYBODY.has(id));
  return shared ? quote.slice(shared.from, shared.to) : null;
}

function groupsIn(text: string): { id: SegmentId; from: number; to: number }[] {
  return findPhrases(LISTS, text).flatMap(({ from, to, signs }) =>
    signs.flatMap(({ meaning }) => (meaning.kind === 'segment' ? [{ id: meaning.id, from, to }] : [])),
  );
}
