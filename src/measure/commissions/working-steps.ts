import type { Working } from '../ledger/transaction.ts';
import { converted, percentOf, proportionOf } from './exact.ts';
import { marginalCommission, type RateTier } from './rules.ts';

export type Step = Working['steps'][number];
/** A rule with its figure: all that it needs besides the sum it is applied to, so that it can be applied again to what is left after a refund. */
export type Rule = Omit<Step, 'minor'>;

export const percentRule = (rateBp: number): Rule => ({ rule: 'percent', figure: String(rateBp) });
export const flatRule = (minor: number): Rule => ({ rule: 'flat', figure: String(minor) });
export const shareRule = (shareBp: number): Rule => ({ rule: 'role-share', figure: String(shareBp) });
export const rateRule = (rate: string): Rule => ({ rule: 'conversion', figure: rate });
/** `leftMinor`: what is left below the cap. */
export const capRule = (rule: 'cap-deal' | 'cap-period', leftMinor: number): Rule => ({ rule, figure: String(leftMinor) });
/** All partners together get `capped` of the `uncapped` that this one would have got. */
export const togetherRule = (capped: number, uncapped: number): Rule => ({ rule: 'cap-all', figure: `${capped}/${uncapped}` });
export const marginalRule = (volumeMinor: number, tiers: readonly RateTier[]): Rule => ({
  rule: 'tier-marginal',
  figure: `${volumeMinor}@${tiers.map(({ fromMinor, rateBp }) => `${fromMinor}:${rateBp}`).join(',')}`,
});
export const wholeRule = (rateBp: number): Rule => ({ rule: 'tier-whole', figure: String(rateBp) });
/** What a revenue that was paid by one rate earns more by another. */
export const raiseRule = (fromBp: number, toBp: number): Rule => ({ rule: 'tier-raise', figure: `${fromBp}>${toBp}` });

/** Applies the rules one after the other, from the base on: each makes a sum of the one before. Nothing makes nothing. */
export function stepsFrom(baseMinor: number, rules: readonly Rule[], currencies: { from: string; to: string }): Step[] {
  let minor = baseMinor;
  return rules.map((rule) => {
    minor = minor === 0 ? 0 : applied(rule, minor, currencies);
    return { ...rule, minor };
  });
}

/** What a commission comes to when only this much of its base is kept, at the rates of then. All of the base gives what was earned, nothing gives
 *  nothing. */
export function keptOf({ steps, currency: from }: Pick<Working, 'steps' | 'currency'>, keptBaseMinor: number, to: string): number {
  return stepsFrom(keptBaseMinor, steps, { from, to }).at(-1)?.minor ?? 0;
}

/** Of a rule of tiers that hold for the whole period. `backMinor`: in lines of earlier versions, what earlier sales of the period were short of by this rate. */
export function wholeFigure(figure: string): { rateBp: number; backMinor: number } {
  const [rateBp = 0, backMinor = 0] = figure.split('+').map(Number);
  return { rateBp, backMinor };
}

export function raiseFigure(figure: string): { fromBp: number; toBp: number } {
  const [fromBp = 0, toBp = 0] = figure.split('>').map(Number);
  return { fromBp, toBp };
}

export function marginalFigure(figure: string): { volumeMinor: number; tiers: RateTier[] } {
  const [volume, tiers = ''] = figure.split('@');
  const pairs = tiers.split(',').map((pair) => pair.split(':').map(Number));
  return { volumeMinor: Number(volume), tiers: pairs.map(([fromMinor = 0, rateBp = 0]) => ({ fromMinor, rateBp })) };
}

function applied({ rule, figure }: Rule, minor: number, currencies: { from: string; to: string }): number {
  switch (rule) {
    case 'percent':
    case 'role-share':
      return percentOf(minor, Number(figure));
    case 'flat':
      return Number(figure);
    case 'tier-marginal': {
      const { volumeMinor, tiers } = marginalFigure(figure);
      return marginalCommission(tiers, { volumeBeforeMinor: volumeMinor, saleMinor: minor });
    }
    case 'tier-whole': {
      const { rateBp, backMinor } = wholeFigure(figure);
      return percentOf(minor, rateBp) + backMinor;
    }
    case 'tier-raise': {
      const { fromBp, toBp } = raiseFigure(figure);
      return percentOf(minor, toBp) - percentOf(minor, fromBp);
    }
    case 'conversion':
      return converted(minor, { ...currencies, rate: figure });
    case 'cap-deal':
    case 'cap-period':
      return Math.min(minor, Number(figure));
    case 'cap-all': {
      const [capped = 0, uncapped = 0] = figure.split('/').map(Number);
      return uncapped === 0 ? 0 : proportionOf(minor, capped, uncapped);
    }
    case 'minimum':
      return 0;
    case 'refund':
    case 'part-removed':
      throw new Error('what is taken back is worked out of the commission, not by a rule of it');
  }
}
