import { Refusal } from '../../errors.ts';
import { getPartnerOnceMerged } from '../../onboard/partners/merge-partners.ts';
import { ownDomains } from './change-link.ts';
import { isOwnTarget, LinkCode } from './link.ts';
import { findLinkByCode } from './link-repository.ts';

/** Where a code leads. Null: nowhere. `counts`: whether who comes by it is counted. */
export type Followed = { code: string; workspaceId: string; target: string; counts: boolean } | null;

/** A link is looked up again after so long; until that is done it leads where it led. */
const KNOWN_MS = 30_000;
const UNKNOWN_MS = 10_000;
/** What is remembered of codes that are links, and of such that are none: guessing pushes no link out. */
const MOST_KNOWN = 20_000;
const MOST_UNKNOWN = 20_000;
/** Codes that are looked up at one time; whoever comes on top is asked to come again. */
const MOST_LOOKED_UP = 100;

type Remembered<Value> = Map<string, { value: Value; until: number }>;

/** Answers out of memory where it can. Refuses `too-busy` when too many codes are looked up. */
export function createFollowLink(now: () => Date): (typed: string) => Promise<Followed> {
  const known: Remembered<NonNullable<Followed>> = new Map();
  const unknown: Remembered<null> = new Map();
  const underWay = new Map<string, Promise<Followed>>();

  const look = (code: string): Promise<Followed> => {
    const running = underWay.get(code);
    if (running) return running;
    if (underWay.size >= MOST_LOOKED_UP) return Promise.reject(new Refusal('too-busy'));
    const looking = lookUp(code)
      .then((found) => {
        const at = now().getTime();
        known.delete(code);
        if (found) remember(known, code, { value: found, until: at + KNOWN_MS }, MOST_KNOWN);
        else remember(unknown, code, { value: null, until: at + UNKNOWN_MS }, MOST_UNKNOWN);
        return found;
      })
      .finally(() => underWay.delete(code));
    underWay.set(code, looking);
    return looking;
  };

  return async (typed) => {
    const code = LinkCode.safeParse(typed);
    if (!code.success) return null;
    const at = now().getTime();
    const seen = known.get(code.data);
    if (seen) {
      // What fails here is tried again with the next who comes.
      if (seen.until < at) look(code.data).catch(() => null);
      return seen.value;
    }
    return (unknown.get(code.data)?.until ?? 0) > at ? null : look(code.data);
  };
}

function remember<Value>(all: Remembered<Value>, code: string, entry: { value: Value; until: number }, most: number): void {
  all.delete(code);
  all.set(code, entry);
  const [oldest] = all.keys();
  if (all.size > most && oldest !== undefined) all.delete(oldest);
}

/** A target that the workspace's domains no longer cover leads nowhere. */
async function lookUp(code: string): Promise<Followed> {
  const link = await findLinkByCode(code);
  if (!link) return null;
  const { workspaceId, partnerId, target, endedAt } = link;
  const [domains, isOn] = await Promise.all([ownDomains(workspaceId), isPartner(workspaceId, partnerId)]);
  return isOwnTarget(target, domains) ? { code, workspaceId, target, counts: endedAt === null && isOn } : null;
}

async function isPartner(workspaceId: string, partnerId: string): Promise<boolean> {
  try {
    return (await getPartnerOnceMerged(workspaceId, partnerId)).status !== 'ended';
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
}
