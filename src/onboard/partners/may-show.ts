import type { Actor } from '../../programme/workspaces/role.ts';

/** Kinds of things that are shown. */
export const OBJECTS = ['candidate', 'draft', 'reply', 'note', 'partner', 'deal', 'checklist', 'statement', 'asset'] as const;
/** One thing, and whose it is: null for what belongs to no partner, or, of assets, to all of them. */
export type Shown = { object: (typeof OBJECTS)[number]; partnerId: string | null };

/** Ways of showing. */
export const SURFACES = ['message', 'file', 'ephemeral', 'modal', 'home', 'mail', 'page'] as const;
export type Surface = (typeof SURFACES)[number];

/** Who reads along in a channel, by its facts at this moment. */
export type Place =
  /** Only the home company. */
  | { kind: 'internal' }
  /** Other companies too: these partners, and `others` who are no partner that we know. */
  | { kind: 'shared'; partnerIds: readonly string[]; others: boolean }
  /** Nobody can say: unknown to us, archived, on its way to being shared. */
  | { kind: 'unclear' };

/** What the team keeps to itself. */
const INTERNAL = new Set<Shown['object']>(['candidate', 'draft', 'reply', 'note']);
/** What everybody in the place reads. */
const OPEN = new Set<Surface>(['message', 'file']);
/** What leaves Slack: for partners' people who have no Slack with us. */
const OUTSIDE = new Set<Surface>(['mail', 'page']);

/** Whether a thing may be shown to `reader` by this surface in this place: the one rule of what outsiders can see. A colleague sees all in Slack;
 *  a partner's person what is their own company's; guests, bots and strangers nothing. What everybody in a channel can read is shown only where
 *  every company in it may see it. What is not sure is no. */
export function mayShow(
  shown: Shown,
  to: { reader: Pick<Actor, 'kind'> & { partnerId?: string }; place: Place; surface: Surface },
): boolean {
  const { reader, place, surface } = to;
  if (OUTSIDE.has(surface)) return reader.kind === 'partner' && isFor(shown, reader.partnerId);
  if (!mayRead(shown, reader)) return false;
  return OPEN.has(surface) ? mayStandIn(shown, place) : true;
}

/** Whether a thing may stand in a channel, for all who are in it. */
export function mayStandIn(shown: Shown, place: Place): boolean {
  switch (place.kind) {
    case 'internal':
      return true;
    case 'unclear':
      return false;
    case 'shared':
      return !place.others && place.partnerIds.length > 0 && place.partnerIds.every((partnerId) => isFor(shown, partnerId));
  }
}

function mayRead(shown: Shown, { kind, partnerId }: { kind: Actor['kind']; partnerId?: string }): boolean {
  if (kind === 'member') return true;
  return kind === 'partner' && isFor(shown, partnerId);
}

function isFor({ object, partnerId }: Shown, reader: string | undefined): boolean {
  if (INTERNAL.has(object) || reader === undefined) return false;
  return partnerId === reader || (object === 'asset' && partnerId === null);
}
