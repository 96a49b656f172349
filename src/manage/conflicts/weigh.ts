import type { Account, Site } from './account.ts';
import type { AccountName } from './account-name.ts';
import { compareNames, countryWords, type NameTie } from './compare-names.ts';

/** What speaks for one account, or against it. */
export const WEIGHT_CODES = [
  'domain-same',
  'label-same',
  'site-differs',
  'other-company',
  'name-same',
  'name-reordered',
  'name-typing',
  'name-initials',
  'name-contains',
  'form-same',
  'form-differs',
  'country-same',
  'country-differs',
  'city-same',
  'group-word',
  'unit-country',
  'unit-site',
] as const;
export type WeightCode = (typeof WEIGHT_CODES)[number];
/** `ours` is what was registered, `theirs` what is on record. `asks`: however many points there are, a person decides. */
export type Weight = { code: WeightCode; points: number; ours: string; theirs: string; asks: boolean };

/** From here on it is the same account. */
const SAME_FROM = 50;
/** From here on a person is asked. */
const ASK_FROM = 20;

/** How rare a word of a name is among the records, 0–1; 1 for a word that none has. */
export type Rarity = (word: string) => number;
export const ALL_RARE: Rarity = () => 1;

/** Shorter words at the end of a name are in many addresses by chance. */
const LEAST_UNIT = 3;

type Given = { rarity: Rarity; areOthers?: boolean; isOnlyOne?: boolean };
export type Weighed = { weights: Weight[]; score: number; verdict: 'same' | 'ask' | 'different' };

/** Adds up what speaks for the two being one account. Points are ours; that rare words count more follows Fellegi and Sunter's model of record linkage.
 *  `areOthers`: their websites are known as those of two companies. `isOnlyOne`: no other company of the name is known. */
export function weighAccounts(ours: Account, theirs: Account, { rarity, areOthers = false, isOnlyOne = false }: Given): Weighed {
  const closest = closestNames(ours, theirs, rarity);
  const sites = weighSites(ours, theirs, closest?.tie ?? null, isOnlyOne);
  const isSameSite = sites.some(({ code }) => code === 'domain-same');
  const weights = [...sites, ...(closest ? [closest.weight, ...aboutForms(closest, isSameSite)] : []), ...aboutPlace(ours, theirs)];
  if (areOthers) weights.push(weight('other-company', -100, '', ''));
  return concluded(weights);
}

function concluded(weights: Weight[]): Weighed {
  const score = weights.reduce((sum, { points }) => sum + points, 0);
  const asks = weights.some((found) => found.asks);
  const verdict = score >= SAME_FROM && !asks ? 'same' : score >= ASK_FROM ? 'ask' : 'different';
  return { weights, score, verdict };
}

function weight(code: WeightCode, points: number, ours: string, theirs: string, asks = false): Weight {
  return { code, points, ours, theirs, asks };
}

type Closest = { ours: AccountName; theirs: AccountName; tie: NameTie; weight: Weight };

/** Of all spellings of both, the two that are most alike. */
function closestNames(ours: Account, theirs: Account, rarity: Rarity): Closest | null {
  let best: Closest | null = null;
  for (const our of ours.names) {
    for (const their of theirs.names) {
      const tie = compareNames(our, their);
      if (!tie) continue;
      const found = { ours: our, theirs: their, tie, weight: weighName(our, their, tie, rarity) };
      if (!best || found.weight.points > best.weight.points) best = found;
    }
  }
  return best;
}

function weighName(ours: AccountName, theirs: AccountName, tie: NameTie, rarity: Rarity): Weight {
  const rarest = (words: readonly string[]) => Math.max(...words.map(rarity));
  const [said, known] = [ours.words.join(' '), theirs.words.join(' ')];
  switch (tie.kind) {
    case 'same':
      return weight('name-same', 40 + Math.round(20 * rarest(theirs.words)), said, known);
    case 'reordered':
      return weight('name-reordered', 25, said, known, true);
    case 'typing':
      return weight('name-typing', 20 + Math.round(10 * rarest(theirs.words)), said, known);
    case 'initials':
      return weight('name-initials', 20, said, known);
    case 'contains':
      return weight('name-contains', 8 + Math.round(12 * rarest(tie.shared)), said, known);
  }
}

/** The legal forms, and a word for a group on one side only. Where the website is the same they raise no question. */
function aboutForms({ ours, theirs, tie }: Closest, isSameSite: boolean): Weight[] {
  if (tie.kind !== 'same') return [];
  const group =
    ours.isGroup === theirs.isGroup
      ? []
      : [weight('group-word', 0, ours.isGroup ? 'group' : '', theirs.isGroup ? 'group' : '', !isSameSite)];
  const [[our], [their]] = [ours.forms, theirs.forms];
  if (!our || !their) return group;
  const agree = ours.forms.some(({ id }) => theirs.forms.some((form) => form.id === id));
  return [...group, agree ? weight('form-same', 10, our.id, our.id) : weight('form-differs', -5, our.id, their.id, !isSameSite)];
}

function aboutPlace(ours: Account, theirs: Account): Weight[] {
  const weights: Weight[] = [];
  if (ours.country && theirs.country) {
    const [our, their] = [ours.country, theirs.country];
    weights.push(our === their ? weight('country-same', 5, our, their) : weight('country-differs', -10, our, their, true));
  }
  if (isSameCity(ours, theirs)) weights.push(weight('city-same', 5, ours.city, theirs.city));
  return weights;
}

function isSameCity(ours: Account, theirs: Account): boolean {
  return ours.city !== '' && ours.city === theirs.city;
}

function weighSites(ours: Account, theirs: Account, tie: NameTie | null, isOnlyOne: boolean): Weight[] {
  if (ours.sites.length === 0 || theirs.sites.length === 0) return unitOfCountry(ours, theirs, tie);
  const domain = ours.sites.find((our) => theirs.sites.some((their) => their.domain === our.domain));
  const label = ours.sites.find((our) => theirs.sites.some((their) => their.label === our.label));
  const [our, their] = [ours.sites.map((site) => site.domain).join(', '), theirs.sites.map((site) => site.domain).join(', ')];
  const unit = unitOfSite(ours, theirs);
  const local = unitOfCountry(ours, theirs, tie);
  if (domain) return [weight('domain-same', 60, domain.domain, domain.domain), ...unit, ...local];
  // The same word under two endings is not a second key: the name holds it already.
  if (label) return [weight('label-same', 25, our, their, !isOnlyOne && !isSameCity(ours, theirs)), ...unit, ...local];
  return unit.length > 0 ? [...unit, ...local] : [weight('site-differs', -60, our, their), ...local];
}

/** A unit has a website of its own that says the last words of its name: health.example.com or examplehealth.com for Example Health. */
function unitOfSite(ours: Account, theirs: Account): Weight[] {
  const own = ownUnit(ours, theirs) ?? ownUnit(theirs, ours);
  return own ? [weight('unit-site', 10, own.host ? `${own.host}.${own.domain}` : own.domain, '', true)] : [];
}

function ownUnit(one: Account, other: Account): Site | undefined {
  const endsWith = (account: Account, words: string) => account.names.some(({ compact }) => compact.endsWith(words) && compact !== words);
  return one.sites.find((site) => {
    const letters = (label: string) => label.replace(/-/g, '');
    const parent = other.sites.find(({ label }) => letters(site.label).startsWith(letters(label)));
    if (!parent) return false;
    const words = site.label === parent.label ? site.host : letters(site.label).slice(letters(parent.label).length);
    return words.length >= LEAST_UNIT && endsWith(one, words) && !endsWith(other, words);
  });
}

/** The organisation of one country: its name, the ending or the path of its website says so, on one side only. */
function unitOfCountry(ours: Account, theirs: Account, tie: NameTie | null): Weight[] {
  if (tie?.kind === 'contains' && countryWords(tie.extra)) return [weight('unit-country', 0, tie.extra.join(' '), '', true)];
  const [ourPath, theirPath] = [ours, theirs].map(({ sites }) => sites.some(({ isLocalPath }) => isLocalPath));
  const [ourEnding, theirEnding] = [ours, theirs].map(({ sites }) => sites.some(({ isLocal }) => isLocal));
  const sharesDomain = ours.sites.some((our) => theirs.sites.some(({ domain }) => domain === our.domain));
  const differs = ourPath !== theirPath || (!sharesDomain && ourEnding !== theirEnding);
  const bothKnown = ours.sites.length > 0 && theirs.sites.length > 0;
  return differs && bothKnown ? [weight('unit-country', 0, ours.country ?? '', theirs.country ?? '', true)] : [];
}
