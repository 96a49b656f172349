import { CRITERION_IDS, type Weights } from '../fit/criteria.ts';
import type { Lesson } from './lesson.ts';
import { bounded, FACTOR, mapWeights, wholePoints } from './type-weights.ts';

/** Nothing is learned from fewer decisions, nor while one of the two kinds is rarer. */
export const ENOUGH = { all: 20, ofEach: 5 } as const;
/** Weights move only when the decisions are this many times as likely under the weights that suit them best as under the start, so that
 *  a team that decides by chance moves nothing. The more decisions, the more freely weights can follow chance: the bar rises as in the
 *  Bayesian information criterion (Schwarz, 1978) for four free parameters. */
function oddsNeeded(decisions: number): number {
  return Math.max(1000, decisions ** 2);
}
/** How far weights may stray: at most by `factor`, and with two thirds of them within e to the `spread`, the standard deviation of the
 *  prior on their logarithms. The free ones tell whether there is a taste at all, the near ones are used. */
type Leash = { factor: number; spread: number };
const FREE: Leash = { factor: 20, spread: 1 };
const NEAR: Leash = { factor: FACTOR, spread: 0.5 };
/** A slope of the line below this would say that no weights matter, and no step could find out better. */
const LEAST_SLOPE = 2;
const STEPS = 30;

/** `odds`: how many times as likely the decisions are under the weights that suit them best, without bounds, as under the start; 1 when
 *  nothing is learned. */
export type Learned = { weights: Weights; odds: number };

/**
 * Learns weights by *exponentiated gradient* (Kivinen and Warmuth, 1997) on a logistic regression: the chance that a company is drafted
 * rises with its score, and the weights of the score are what is sought. It begins at the start weights, multiplies them step by step,
 * and stays near them by a prior, between half and double, and at a sum of 100. Chosen because the criteria of companies that were shown
 * hang together (what is strong in one got there weak in another): looking at each criterion alone would punish the wrong ones. All
 * decisions are read anew each time, in any order: one that is taken back leaves no trace.
 */
export function fitWeights(start: Weights, lessons: readonly Lesson[]): Learned {
  const drafted = lessons.filter(({ pursued }) => pursued).length;
  const rarer = Math.min(drafted, lessons.length - drafted);
  const nothing = { weights: start, odds: 1 };
  if (lessons.length < ENOUGH.all || rarer < ENOUGH.ofEach) return nothing;
  const rows = rowsOf(lessons);
  const gain = (weights: Weights) => likelihoodOf(weights, rows) - likelihoodOf(start, rows);
  const odds = Math.exp(Math.min(50, gain(climb(start, rows, FREE))));
  if (odds < oddsNeeded(lessons.length)) return nothing;
  const weights = wholePoints(start, climb(start, rows, NEAR));
  return gain(weights) > 0 ? { weights, odds } : nothing;
}

/** Shares in the order of the criteria; null is unknown. */
type Row = { pursued: boolean; shares: (number | null)[] };

/** What a skip for its size says nothing about stands at the average, as if unremarkable. */
function rowsOf(lessons: readonly Lesson[]): Row[] {
  const averages = CRITERION_IDS.map((id) => {
    const known = lessons.flatMap(({ shares }) => shares[id] ?? []);
    return known.length === 0 ? null : known.reduce((all, share) => all + share, 0) / known.length;
  });
  return lessons.map(({ pursued, shares, partly }) => ({
    pursued,
    shares: CRITERION_IDS.map((id, index) => shares[id] ?? (partly ? (averages[index] ?? null) : null)),
  }));
}

type Place = { weights: Weights; line: Line; value: number };

function climb(start: Weights, rows: readonly Row[], { factor, spread }: Leash): Weights {
  const placeAt = (weights: Weights, from?: Line): Place => {
    const line = fitLine(pointsOf(weights, rows), LEAST_SLOPE, from);
    return { weights, line, value: line.likelihood - penalty(start, weights, spread) };
  };
  let place = placeAt(start);
  let pace = 0.5;
  for (let step = 0; step < STEPS && pace > 1e-3; step++) {
    const slopes = gradient(start, place, rows, spread);
    const wanted = mapWeights((id) => place.weights[id] * Math.exp(Math.max(-1, Math.min(1, pace * slopes[id]))));
    const next = placeAt(bounded(start, wanted, factor), place.line);
    const gain = next.value - place.value;
    pace = gain > 0 ? pace * 1.5 : pace / 2;
    if (gain > 0) place = next;
    if (gain > 0 && gain < 1e-3) break;
  }
  return place.weights;
}

/** How much the value rises with the logarithm of each weight. */
function gradient(start: Weights, { weights, line }: Place, rows: readonly Row[], spread: number): Weights {
  const slopes = CRITERION_IDS.map((id) => (start[id] > 0 ? -Math.log(weights[id] / start[id]) / spread ** 2 : 0));
  const vector = CRITERION_IDS.map((id) => weights[id]);
  for (const { pursued, shares } of rows) {
    const { score, known } = scoreOf(vector, shares);
    if (known === 0) continue;
    const surprise = Number(pursued) - line.chanceAt(score);
    shares.forEach((share, index) => {
      if (share === null) return;
      slopes[index] = (slopes[index] ?? 0) + (surprise * line.slope * (vector[index] ?? 0) * (share - score)) / known;
    });
  }
  return mapWeights((id) => slopes[CRITERION_IDS.indexOf(id)] ?? 0);
}

function penalty(start: Weights, weights: Weights, spread: number): number {
  return CRITERION_IDS.reduce((all, id) => all + (start[id] > 0 ? Math.log(weights[id] / start[id]) ** 2 / (2 * spread ** 2) : 0), 0);
}

function likelihoodOf(weights: Weights, rows: readonly Row[]): number {
  return fitLine(pointsOf(weights, rows), 0).likelihood;
}

function pointsOf(weights: Weights, rows: readonly Row[]) {
  const vector = CRITERION_IDS.map((id) => weights[id]);
  return rows.map(({ pursued, shares }) => ({ x: scoreOf(vector, shares).score, yes: pursued }));
}

/** 0–1 over what is known, as `standing` in the fit score has it; weights in the order of the criteria. */
function scoreOf(weights: readonly number[], shares: Row['shares']): { score: number; known: number } {
  let points = 0;
  let known = 0;
  shares.forEach((share, index) => {
    const weight = weights[index];
    if (share === null || weight === undefined) return;
    points += weight * share;
    known += weight;
  });
  return { score: known === 0 ? 0 : points / known, known };
}

/** A logistic line through yes and no: the chance of a yes at `x`, how steep it is, and how likely it makes all that was seen (natural
 *  logarithm). */
export type Line = { height: number; slope: number; likelihood: number; chanceAt: (x: number) => number };
export type Point = { x: number; yes: boolean };

/** Weak priors keep a line through a clean cut finite. */
const PRIOR = { height: 0.01, slope: { at: 6, precision: 1 / 400 } } as const;
const ROUNDS = 20;

/** The likeliest line with at least this slope, by Newton's method; `from` is a line nearby that saves most of the rounds. */
export function fitLine(points: readonly Point[], leastSlope: number, from?: Line): Line {
  const free = newton(points, { height: from?.height ?? 0, slope: from?.slope ?? PRIOR.slope.at }, false);
  const { height, slope } = free.slope >= leastSlope ? free : newton(points, { height: free.height, slope: leastSlope }, true);
  const chanceAt = (x: number) => chance(height + slope * (x - CENTRE));
  return { height, slope, chanceAt, likelihood: logLikelihood(points, height, slope) };
}
/** Scores lie around here; measured from it, height and slope hardly depend on each other. */
const CENTRE = 0.5;

function newton(points: readonly Point[], start: { height: number; slope: number }, fixedSlope: boolean) {
  let { height, slope } = start;
  for (let round = 0; round < ROUNDS; round++) {
    let up = -PRIOR.height * height;
    let steeper = -PRIOR.slope.precision * (slope - PRIOR.slope.at);
    let [a, b, c] = [PRIOR.height as number, 0, PRIOR.slope.precision];
    for (const { x, yes } of points) {
      const at = x - CENTRE;
      const p = chance(height + slope * at);
      const spread = p * (1 - p);
      up += Number(yes) - p;
      steeper += (Number(yes) - p) * at;
      a += spread;
      b += spread * at;
      c += spread * at * at;
    }
    const determinant = a * c - b * b;
    const rise = fixedSlope ? up / a : (up * c - steeper * b) / determinant;
    const turn = fixedSlope ? 0 : (steeper * a - up * b) / determinant;
    height += Math.max(-2, Math.min(2, rise));
    slope += Math.max(-10, Math.min(10, turn));
    if (Math.abs(rise) + Math.abs(turn) < 1e-4) break;
  }
  return { height, slope };
}

function logLikelihood(points: readonly Point[], height: number, slope: number): number {
  return points.reduce((all, { x, yes }) => {
    const z = (height + slope * (x - CENTRE)) * (yes ? 1 : -1);
    return all + (z > 0 ? -Math.log1p(Math.exp(-z)) : z - Math.log1p(Math.exp(z)));
  }, 0);
}

function chance(z: number): number {
  return 1 / (1 + Math.exp(-z));
}
