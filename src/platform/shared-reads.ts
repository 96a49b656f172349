type UnderWay<Result> = { running: Promise<Result>; since: number; next: Promise<Result> | null };

/** A read that takes longer hangs, and nobody waits for it who comes now. */
const LONGEST_MS = 5_000;

/** Returns `read`, shared by those who ask for the same key at once. One that runs already may be of before the question, so whoever asks
 *  meanwhile gets the next, which begins when that one has ended: nobody gets an answer older than the question. A busy process asks the
 *  database once where it would ask for everybody. What is returned is shared, so it must not be changed. */
export function shareReads<Result>(read: (key: string) => Promise<Result>): (key: string) => Promise<Result> {
  const underWay = new Map<string, UnderWay<Result>>();
  const start = (key: string): Promise<Result> => {
    const one: UnderWay<Result> = { running: read(key), since: performance.now(), next: null };
    underWay.set(key, one);
    const end = () => {
      if (!one.next && underWay.get(key) === one) underWay.delete(key);
    };
    one.running.then(end, end);
    return one.running;
  };
  return (key) => {
    const one = underWay.get(key);
    if (!one || performance.now() - one.since > LONGEST_MS) return start(key);
    one.next ??= one.running.then(
      () => start(key),
      () => start(key),
    );
    return one.next;
  };
}
