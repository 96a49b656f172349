/** One measured figure beside its peer or goal, `n` things measured. `ratio` is better the further it is from 1 in our favour, except
 *  `ack`, where it is ours over the floor; both are null where nothing else does the same and there is only a goal. */
export type BenchRow = { name: string; ours: number; peer: number | null; ratio: number | null; unit: string; n: number };

/** A figure for which less is better. */
export function lessIsBetter({ name, ours, peer, unit, n }: Omit<BenchRow, 'ratio'> & { peer: number }): BenchRow {
  return { name, ours, peer, ratio: peer / ours, unit, n };
}

/** The middle one, so that a moment in which the machine did something else counts for nothing. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN;
}
