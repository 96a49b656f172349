/** How often a change is tried that others may overtake. In each round somebody's change is saved, so whoever needs more rounds than this stands
 *  in a crowd that no team is, or before a fault. */
const MOST_ROUNDS = 50;

/** Reads and changes something that others change at the same time: `round` answers with null when somebody else was first, and then looks again.
 *  Beyond 50 rounds it throws, and nothing was changed: a job is tried again later, a person is told that it went wrong. `what` names the change for
 *  the log. */
export async function inRounds<Result>(what: string, round: () => Promise<{ done: Result } | null>): Promise<Result> {
  for (let rounds = 0; rounds < MOST_ROUNDS; rounds++) {
    const result = await round();
    if (result) return result.done;
  }
  throw new Error(`${what}: somebody else was first ${MOST_ROUNDS} times`);
}
