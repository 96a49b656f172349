import mongoose from 'mongoose';
import { openStep, withDueDays } from '../../src/onboard/checklists/checklist.ts';
import { insertChecklist } from '../../src/onboard/checklists/checklist-repository.ts';
import { DEFAULT_STEPS } from '../../src/onboard/checklists/default-steps.ts';
import { insertPartner } from '../../src/onboard/partners/partner-repository.ts';
import { auditEntry } from '../../src/programme/audit/audit.ts';
import { PARTNER_TYPES } from '../../src/programme/setup/programme.ts';
import type { Member } from '../../src/programme/workspaces/role.ts';
import { renderHome } from '../../src/slack/programme/home.ts';
import { databaseUri } from '../support/database-uri.ts';
import { chooseTestServer } from '../support/mongo-server.ts';
import type { BenchRow } from './bench-row.ts';
import { SLACK_USER, seedWorkspaces, workspaceName } from './seed-workspaces.ts';

const PARTNERS = 1_000;
const ROUNDS = 100;
const GOAL_MS = 300;
const DAY_MS = 86_400_000;
const WORKSPACE = workspaceName(0);

/** Rendering Home from what is stored, of a manager who sees everybody's checklists and of a colleague who looks after a tenth of the partners, in
 *  turn: half of 1,000 partners are late with something. */
export async function measureHome(): Promise<BenchRow[]> {
  const mongo = await chooseTestServer(process.env);
  try {
    await mongoose.connect(databaseUri(mongo.uri, 'bench'));
    await seedWorkspaces(1, 5_000, new Date());
    await seedPartners();
    const manager: Member = { kind: 'member', workspaceId: WORKSPACE, userId: SLACK_USER, role: 'manager' };
    const actors: Member[] = [manager, { ...manager, userId: 'U0OWNER1', role: 'member' }];
    const deps = { research: null, now: () => new Date() };
    const took: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      for (const actor of actors) {
        const start = performance.now();
        await renderHome(actor, deps);
        took.push(performance.now() - start);
      }
    }
    const p95 = took.toSorted((a, b) => a - b)[Math.floor(took.length * 0.95)] ?? Number.NaN;
    return [{ name: 'home', ours: Math.round(p95), peer: null, ratio: null, unit: `ms p95, at most ${GOAL_MS}`, n: took.length }];
  } finally {
    await mongoose.disconnect();
    await mongo.stop();
  }
}

async function seedPartners(): Promise<void> {
  const week = { timeZone: 'UTC', weekdays: [1, 2, 3, 4, 5] };
  for (let n = 0; n < PARTNERS; n++) {
    const at = new Date(Date.now() - (n % 2 === 0 ? 30 : 1) * DAY_MS);
    const type = PARTNER_TYPES[n % PARTNER_TYPES.length] ?? 'agency';
    const entry = auditEntry({ workspaceId: WORKSPACE, by: SLACK_USER, at, action: 'partner.add', subject: `partner:${n}` });
    const named = { workspaceId: WORKSPACE, name: `Partner ${n}`, domains: [`partner-${n}.example`], owner: `U0OWNER${n % 10}` };
    const bare = {
      aliases: [],
      tier: '',
      countries: [],
      people: [],
      teamIds: [],
      channel: null,
      companyId: '0',
      notes: [],
      endedBecause: '',
    };
    const dated = { status: 'onboarding', statusAt: at, createdAt: at, createdBy: SLACK_USER, firstRegistrationAt: null } as const;
    const { id } = await insertPartner({ ...named, ...bare, ...dated, types: [type] }, () => entry);
    const steps = withDueDays(DEFAULT_STEPS[type].map(openStep), at, week);
    await insertChecklist({ workspaceId: WORKSPACE, partnerId: id, startedAt: at, steps }, () => ({
      ...entry,
      id: `${entry.id}-checklist`,
    }));
  }
}
