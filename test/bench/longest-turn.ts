/** What a piece of work took of this process's time on the processor, in milliseconds: what other programs do on the machine counts for
 *  nothing. `longest`: between two looks of a timer that wants to look every millisecond, so the longest that anything else waited. */
export async function turnsOf(work: () => unknown | Promise<unknown>): Promise<{ longest: number; all: number }> {
  const start = process.cpuUsage();
  let [longest, last] = [0, start];
  const look = () => {
    longest = Math.max(longest, milliseconds(process.cpuUsage(last)));
    last = process.cpuUsage();
  };
  const ticking = setInterval(look, 1);
  await work();
  look();
  clearInterval(ticking);
  return { longest, all: milliseconds(process.cpuUsage(start)) };
}

function milliseconds({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1_000;
}
