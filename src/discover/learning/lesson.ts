import type { CompanyDecision, RejectionReason } from '../../programme/companies/company.ts';
import { CRITERION_IDS, type CriterionId } from '../fit/criteria.ts';

/** One decision, as learning reads it: drafted or turned down, and the share (0–1) of each criterion that was known. `partly`: it says
 *  something about these criteria only, and nothing about the others. */
export type Lesson = { pursued: boolean; partly: boolean; shares: Partial<Record<CriterionId, number>> };

/** What a reason is about. `null`: nothing that a weight could mend, so it teaches nothing. A competitor belongs on the list of those
 *  left out; no criterion is about size; one that is known or wants silence may fit perfectly. */
const ABOUT: Record<RejectionReason, 'all' | readonly string[] | null> = {
  'wrong-market': ['icp-overlap', 'geography'],
  'wrong-kind': ['role'],
  'too-small': null,
  'too-large': null,
  competitor: null,
  'known-already': null,
  'no-contact': null,
  other: 'all',
};

/** A decision as a lesson; null when it teaches nothing: put off, taken before set-up, or for a reason that is not about fit. */
export function lessonOf(decision: CompanyDecision): Lesson | null {
  if (decision.kind === 'later' || !decision.snapshot) return null;
  const { shares } = decision.snapshot;
  if (decision.kind === 'pursued' || decision.kind === 'partner') return { pursued: true, partly: false, shares: sharesOf(shares, 'all') };
  const about = ABOUT[decision.reason];
  return about && { pursued: false, partly: about !== 'all', shares: sharesOf(shares, about) };
}

/** Criteria that are gone since are left out. When all that a reason is about are gone, it is about the whole. */
function sharesOf(stored: Record<string, number>, about: 'all' | readonly string[]): Lesson['shares'] {
  const meant = about === 'all' ? CRITERION_IDS : CRITERION_IDS.filter((id) => about.includes(id));
  return Object.fromEntries((meant.length > 0 ? meant : CRITERION_IDS).flatMap((id) => (id in stored ? [[id, stored[id]]] : [])));
}
