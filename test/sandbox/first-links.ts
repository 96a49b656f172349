import { randomUUID } from 'node:crypto';
import { addDays, addHours, subDays } from 'date-fns';
import { type Told, UNSAID } from '../../src/measure/conversions/conversion.ts';
import { findConversion, insertConversion } from '../../src/measure/conversions/conversion-repository.ts';
import { settleConversion } from '../../src/measure/conversions/settle-conversion.ts';
import { makeLink } from '../../src/measure/links/change-link.ts';
import { type Click, keepDayCounts, saveClicks } from '../../src/measure/links/click-repository.ts';
import type { Partner } from '../../src/onboard/partners/partner.ts';
import type { Member } from '../../src/programme/workspaces/role.ts';

/** Days of clicks, as far as a sale may look back. */
const DAYS = 80;

/** An affiliate's two links, who followed them, who bought, one refund, and one customer that somebody has to look at. */
export async function playLinks(manager: Member, { id: partnerId, domains }: Partner, now: Date): Promise<void> {
  const { workspaceId } = manager;
  const from = subDays(now, DAYS);
  const link = (campaign: string, coupon: string) => ({ partnerId, campaign, code: '', target: '', personId: null, coupon });
  const [review, letter] = [
    await makeLink(manager, link('Review', 'BLUEBELL10'), from),
    await makeLink(manager, link('Newsletter', ''), addDays(from, 20)),
  ];
  const clicks = Array.from({ length: 260 }, (_, count): Click => {
    const at = addHours(from, Math.floor((count * (DAYS - 1) * 24) / 260));
    const code = count % 3 === 2 && at > letter.at ? letter.code : review.code;
    return { id: randomUUID().replaceAll('-', '').slice(0, 22), workspaceId, code, day: at.toISOString().slice(0, 10), at };
  });
  await saveClicks(clicks);
  for (const day of new Set(clicks.map((click) => click.day))) await keepDayCounts(day);
  for (const [place, click] of clicks.filter((_, count) => count % 20 === 7).entries()) {
    const customer = `LS-${2000 + place}`;
    const isOwn = place === 9;
    const domain = isOwn ? (domains[0] ?? null) : `${['ash', 'beech', 'clover', 'dock', 'elder', 'fern'][place % 6]}field${place}.example`;
    const who = { customer, click: click.id, domain, company: isOwn ? 'Bluebell Office' : `Practice ${place + 1}` };
    await tell(workspaceId, { ...UNSAID, ...who, id: `signup-${customer}`, kind: 'lead', at: addHours(click.at, 2) }, now);
    const boughtAt = addDays(click.at, 4);
    if (place % 3 === 2 || boughtAt > now) continue;
    const money = { minor: 24_000 + place * 3_000, currency: 'GBP' };
    const id = `invoice-${customer}`;
    await tell(
      workspaceId,
      { ...UNSAID, ...who, id, kind: 'sale', at: boughtAt, money, isPaid: true, refs: [id], product: 'Online booking' },
      now,
    );
    if (place === 3)
      await tell(workspaceId, { ...UNSAID, id: `refund-${customer}`, kind: 'refund', at: addDays(boughtAt, 6), money, refs: [id] }, now);
  }
}

async function tell(workspaceId: string, told: Told, now: Date): Promise<void> {
  await insertConversion({ ...told, workspaceId, receivedAt: told.at, state: 'waiting', due: told.at });
  const kept = await findConversion(workspaceId, told.id);
  if (kept) await settleConversion(kept, now);
}
