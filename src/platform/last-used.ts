/** Things kept from one use to the next, by name. A restart loses nothing but the time to make them again. */
export type LastUsed<Thing> = {
  /** Counts as a use. All are weighed anew: where they have grown, what was not used for longest goes. */
  get(name: string): Thing | undefined;
  /** Counts as a use, and weighs like `get`. */
  set(name: string, thing: Thing): void;
  forget(name: string): void;
};

/** Keeps those used last, so many that all together weigh no more than `most`; the last one whatever it weighs. */
export function keepLastUsed<Thing>(most: number, weigh: (thing: Thing) => number): LastUsed<Thing> {
  const things = new Map<string, Thing>();
  const set = (name: string, thing: Thing) => {
    things.delete(name);
    things.set(name, thing);
    let all = [...things.values()].reduce((sum, one) => sum + weigh(one), 0);
    for (const [oldest, one] of things) {
      if (all <= most || oldest === name) return;
      all -= weigh(one);
      things.delete(oldest);
    }
  };
  return {
    get(name) {
      const thing = things.get(name);
      if (thing !== undefined) set(name, thing);
      return thing;
    },
    set,
    forget: (name) => things.delete(name),
  };
}
