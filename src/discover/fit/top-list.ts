/** The best `size` of any number of items, in memory for `size` only. */
export type TopList<Item> = { offer(item: Item): void; sorted(): Item[] };

/** `compare` is negative when `a` is better. A heap with the worst kept item on top. */
export function topList<Item>(size: number, compare: (a: Item, b: Item) => number): TopList<Item> {
  const heap: Item[] = [];
  const swap = (a: number, b: number) => {
    [heap[a], heap[b]] = [heap[b] as Item, heap[a] as Item]; // both are places inside the heap
  };
  /** Whether the item at `a` is worse than the one at `b`; nothing is worse than a place outside. */
  const isWorse = (a: number, b: number): boolean => {
    const [first, second] = [heap[a], heap[b]];
    return first !== undefined && second !== undefined && compare(first, second) > 0;
  };
  const rise = (from: number) => {
    for (let at = from, parent = (at - 1) >> 1; at > 0 && isWorse(at, parent); at = parent, parent = (at - 1) >> 1) swap(at, parent);
  };
  const sink = () => {
    for (let at = 0; ; ) {
      const worse = isWorse(2 * at + 2, 2 * at + 1) ? 2 * at + 2 : 2 * at + 1;
      if (!isWorse(worse, at)) return;
      swap(at, worse);
      at = worse;
    }
  };
  return {
    offer(item) {
      const worst = heap[0];
      if (heap.length < size) {
        heap.push(item);
        rise(heap.length - 1);
      } else if (worst !== undefined && compare(item, worst) < 0) {
        heap[0] = item;
        sink();
      }
    },
    sorted: () => [...heap].sort(compare),
  };
}
