import { createServer } from 'node:http';
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Loaded into the product's process before it: tells at WATCH_PORT the longest turn of its event loop since it was last asked. `delay`: as
 *  perf_hooks measured it, so with whatever the machine did meanwhile; `own`: on the processor. */
export type Watched = { delay: number; own: number };

const delays = monitorEventLoopDelay({ resolution: 5 });
delays.enable();
let [own, last] = [0, process.cpuUsage()];
setInterval(() => {
  const { user, system } = process.cpuUsage(last);
  own = Math.max(own, (user + system) / 1_000);
  last = process.cpuUsage();
}, 1).unref();

const server = createServer((_request, response) => {
  const watched: Watched = { delay: delays.max / 1_000_000, own };
  response.end(JSON.stringify(watched));
  delays.reset();
  own = 0;
});
server.listen(Number(process.env.WATCH_PORT), '127.0.0.1').unref();
