/** A second process that says `ready`, reads what it is to do as one line of JSON, and kills itself before its nth write to the database. Environment: MONGODB_URI. */
import { createInterface } from 'node:readline';
import mongoose from 'mongoose';
import { z } from 'zod';
import { ACTS, type ActName, act } from './measure-acts.ts';

const Line = z.object({ name: z.enum(Object.keys(ACTS) as [ActName, ...ActName[]]), dieAt: z.number() }); // the keys of a table that is not empty
const WRITES = new Set(['insert', 'update', 'delete', 'findAndModify']);

await mongoose.connect(z.string().parse(process.env.MONGODB_URI), { monitorCommands: true, autoIndex: false, autoCreate: false });
process.stdout.write('ready\n');
for await (const line of createInterface({ input: process.stdin })) {
  const { name, dieAt } = Line.parse(JSON.parse(line));
  let writes = 0;
  mongoose.connection.getClient().on('commandStarted', ({ commandName }) => {
    // SIGKILL: no handler runs, nothing is flushed.
    if (WRITES.has(commandName) && ++writes === dieAt) process.kill(process.pid, 'SIGKILL');
  });
  await act(name);
  break;
}
await mongoose.disconnect();
