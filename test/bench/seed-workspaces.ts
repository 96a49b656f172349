import mongoose from 'mongoose';
import type { Candidate } from '../../src/discover/fit/fit.ts';
import { seal } from '../../src/platform/seal.ts';
import { auditEntry } from '../../src/programme/audit/audit.ts';
import { saveImported } from '../../src/programme/companies/save-imported.ts';
import { getProgramme, saveProgrammePart, setNextDigest } from '../../src/programme/setup/programme-repository.ts';
import { saveWorkspace } from '../../src/programme/workspaces/workspace-repository.ts';
import { madeUpCompanies } from './made-up-companies.ts';

export const SLACK_USER = 'U0BENCH';
const TOKEN_KEY = '5e'.repeat(32);
/** The app as it runs for many workspaces, all installed by OAuth. */
export const APP_ENV = {
  SLACK_SIGNING_SECRET: 'a bench has no secrets',
  SLACK_CLIENT_ID: '1.2',
  SLACK_CLIENT_SECRET: 'none',
  SLACK_STATE_SECRET: 'none',
  TOKEN_KEY,
};
const AT_ONCE = 20;

export function workspaceName(number: number): string {
  return `T0BENCH${number}`;
}

export function workspaceOfToken(token: string): string {
  return token.replace('xoxb-', '');
}

/** Fills the connected database with `count` workspaces, each set up and with `companies` of its own; no digest is due. */
export async function seedWorkspaces(count: number, companies: number, at: Date): Promise<void> {
  await Promise.all(Object.values(mongoose.models).map((model) => model.init()));
  const slices = madeUpCompanies(count * companies, companies);
  for (let number = 0; number < count; number += AT_ONCE) {
    const group = Array.from({ length: Math.min(AT_ONCE, count - number) }, (_, index) => workspaceName(number + index));
    await Promise.all(group.map((id) => seedWorkspace(id, slices.next().value ?? [], at)));
  }
}

/** Makes the digest of every workspace due now. */
export async function makeAllDue(count: number, at: Date): Promise<void> {
  const ids = Array.from({ length: count }, (_, number) => workspaceName(number));
  await Promise.all(ids.map(async (id) => setNextDigest(id, (await getProgramme(id)).nextDigestAt, at)));
}

async function seedWorkspace(id: string, companies: readonly Candidate[], at: Date): Promise<void> {
  const botToken = seal(`xoxb-${id}`, TOKEN_KEY);
  await saveWorkspace({
    id,
    enterpriseId: null,
    name: id,
    botToken,
    botUserId: 'U0BOT',
    botId: 'B0BOT',
    installedBy: SLACK_USER,
    installedAt: at,
  });
  const entry = () => auditEntry({ workspaceId: id, at, by: SLACK_USER, action: 'programme.save', subject: 'programme:bench' });
  await saveProgrammePart(
    id,
    'company',
    {
      name: 'Bench',
      website: 'bench.example',
      sells: 'Product analytics for web and mobile apps, with session replay, feature flags and an API.',
      customers: 'Product teams, developers and marketing teams at software companies and retailers.',
      regions: 'Europe and the USA',
      partnerTypes: ['technology', 'agency'],
    },
    null,
    entry(),
  );
  const weekdays = [1, 2, 3, 4, 5, 6, 7];
  await saveProgrammePart(id, 'digest', { channel: `C${id}`, hour: 0, timeZone: 'UTC', weekdays, count: 5 }, null, entry());
  const rows = companies.map(({ id: _id, domain, origin, origins, ...facts }) => ({ domain: domain ?? '', facts, origin, origins }));
  await saveImported(id, rows, at);
}
