import { moveContacts } from '../contacts/contact-repository.ts';
import { forgetNames } from './company-names.ts';
import { CompanyModel, STAMPED } from './company-repository.ts';

const PAGE = 1_000;
/** Ten million companies; what is moved by then stays moved. */
const MOST_PAGES = 10_000;

/**
 * Gives all companies of one workspace to another: what was imported before the first Slack workspace was connected becomes its own.
 * A domain the other workspace has already keeps what it has there; those companies stay behind and are counted in `left`. May run twice.
 */
export async function adoptCompanies(from: string, to: string): Promise<{ moved: number; left: number }> {
  if (from === to) return { moved: 0, left: 0 };
  let moved = 0;
  let left = 0;
  let after = '';
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const page = await CompanyModel.find({ workspaceId: from, domain: { $gt: after } }, { domain: 1 })
      .sort({ domain: 1 })
      .limit(PAGE)
      .lean();
    const last = page.at(-1);
    if (!last) {
      forgetNames(from);
      return { moved, left };
    }
    const taken = await CompanyModel.find({ workspaceId: to, domain: { $in: page.map(({ domain }) => domain) } }, { domain: 1 }).lean();
    const takenDomains = new Set(taken.map(({ domain }) => domain));
    const free = page.filter(({ domain }) => !takenDomains.has(domain));
    // The people first: after a crash between the two, the companies are still here and bring the next run to this place.
    await moveContacts(
      from,
      to,
      free.map(({ _id }) => String(_id)),
    );
    const result = await CompanyModel.updateMany(
      { workspaceId: from, _id: { $in: free.map(({ _id }) => _id) } },
      { $set: { workspaceId: to }, ...STAMPED },
    );
    moved += result.modifiedCount;
    left += page.length - free.length;
    after = last.domain;
  }
  throw new Error(`more than ${MOST_PAGES * PAGE} companies to move: run it again for the rest`);
}
