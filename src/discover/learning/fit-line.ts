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
