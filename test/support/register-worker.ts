/** A process that registers deals: one line of JSON a deal, answered by one line with what became of it. Environment: MONGODB_URI, AT. */
import { createInterface } from 'node:readline';
import mongoose from 'mongoose';
import { z } from 'zod';
import { registerDeal } from '../../src/manage/deals/register-deal.ts';

const env = z.object({ MONGODB_URI: z.string(), AT: z.coerce.date() }).parse(process.env);
const Wanted = z.object({
  partnerId: z.string(),
  dealId: z.string(),
  workspaceId: z.string(),
  userId: z.string(),
  teamId: z.string(),
  said: z.object({
    company: z.string(),
    /** Empty for none. */
    website: z.string().transform((site) => site || null),
    country: z.string(),
    value: z.object({ minor: z.number(), currency: z.string() }),
    closeOn: z.string(),
    note: z.string(),
  }),
});

await mongoose.connect(env.MONGODB_URI);
process.stdout.write('ready\n');
for await (const line of createInterface({ input: process.stdin })) {
  const { partnerId, dealId, said, ...who } = Wanted.parse(JSON.parse(line));
  const { deal } = await registerDeal({ kind: 'partner', partnerId, ...who }, { partnerId, dealId }, said, env.AT);
  process.stdout.write(`${JSON.stringify({ id: deal.id, status: deal.status, code: deal.check?.code ?? null })}\n`);
}
await mongoose.disconnect();
