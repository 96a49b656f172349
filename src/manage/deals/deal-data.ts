import { keptData } from '../../programme/privacy/kept-data.ts';
import type { Whom } from '../../programme/privacy/whom.ts';
import { Check } from '../conflicts/check.ts';
import { DealModel } from './deal-repository.ts';

/** A partner's deals go with its record. Of a customer who asks, the claim stays without their name. */
export const dealData = keptData({
  model: DealModel,
  noun: 'deal',
  kind: 'deal',
  isTheirs: ({ partnerId, domain }, { key, subjects }) =>
    subjects.includes(`partner:${String(partnerId)}`) || (key.kind === 'company' && domain === key.value),
  signed: (deal, whom) => {
    const isTheirs = (one: unknown) => whom.userIds.includes(String((one as { by?: unknown } | null)?.by)); // stored, so an object or null
    const entries = ['history', 'activities', 'notes'].flatMap((list) =>
      [deal[list] ?? []].flat().flatMap((one, place) => (isTheirs(one) ? [`${list}.${place}.byName`] : [])),
    );
    const paths = [
      ...(isTheirs(deal) ? ['byName'] : []),
      ...(isTheirs(deal.extension) ? ['extension.byName'] : []),
      ...entries,
      ...metIn(deal, whom),
    ];
    return Object.fromEntries(paths.map((path) => [path, '']));
  },
  emptied: ({ partnerId, check, history }, { subjects }) =>
    subjects.includes(`partner:${String(partnerId)}`)
      ? null
      : {
          ...{ company: '', domain: null, site: '', aliases: [], note: '', extra: {}, lines: [], activities: [], keys: [] },
          ...(check && typeof check === 'object' ? { check: { ...check, against: null, weights: [] } } : {}),
          ...(Array.isArray(history) ? { history: history.map((event: object) => ({ ...event, words: '' })) } : {}),
        },
});

/** Where the conflict check of another customer's deal says what they are called, by path: it met a record of theirs. */
function metIn({ check }: Record<string, unknown>, { key }: Whom): string[] {
  const stored = Check.pick({ against: true, weights: true }).safeParse(check);
  if (!stored.success || key.kind !== 'company' || stored.data.against?.domain !== key.value) return [];
  const weights = stored.data.weights.flatMap((_, place) => [`check.weights.${place}.ours`, `check.weights.${place}.theirs`]);
  return ['check.against.name', 'check.against.domain', ...weights];
}
