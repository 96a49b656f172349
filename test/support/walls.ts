import mongoose from 'mongoose';
import { expect, test } from 'vitest';
import { auditEntry } from '../../src/programme/audit/audit.ts';
import { AT } from './builders.ts';

/** Another workspace, whose people name our ids. */
export const OTHER = 'T0OTHER';
export const entry = auditEntry({ workspaceId: OTHER, by: 'U0EVE', at: AT, action: 'draft.edit', subject: 'draft:x' });
export const refusal = { name: 'Refusal' };

/** Everything stored that is not the other workspace's own. */
async function ourDocuments() {
  const all = await Promise.all(
    Object.values(mongoose.models).map((model) => model.find({}).sort({ _id: 1 }).lean<Record<string, unknown>[]>()),
  );
  return all.map((documents) => documents.filter(({ _id, workspaceId }) => workspaceId !== OTHER && _id !== OTHER));
}

/** By noun and function: a call from the other workspace and what it must come to: nothing. */
export type Calls = Record<string, Record<string, [call: () => Promise<unknown>, nothing: unknown]>>;

/** They look over all workspaces on purpose: for the sweeps, or for somebody outside who knows a secret of one mail. */
const SWEEPS =
  /^(settle\w+Trails|listStuckDrafts|changedDrafts|listReadyDrafts|listLostSends|listUnnoted|listDueThreads|listWorkspacesToMeet|findDraftByToken|findDraftByMessageId|findDraftToAddress|listUnposted|listDueProgrammes|listResearched|listUnsettledReplies|listUntold|listPagesOfAddress|listPartnersSince|eachPayment|list\w+Due|listStagesDueBy\w+|changedReplies|listShownSince|listIdleResearches|listEndedResearches|listHeldByEnded|listEndedPartners|listWorkspacesRead|listUnbalanced|findLinkByCode|findRulesOfHook|eachLinkRules|saveClicks|keepDayCounts|settleNotOurs|listWorkspacesMeasured|list\w+ToMeasure)$/;

/** They read nothing stored: what they are given decides alone. */
const PURE = /^(\w+Model|toCompany|toDeal|toTransaction|keysOf|keyOf|rollupId|dimensionOf|isKept|stageOfDecision|companiesOf)$/;

/** Makes the calls, and holds the table to every function of the repositories. */
export function testWalls(calls: Calls, repositories: Record<string, object>): void {
  test.each(Object.entries(calls))('%s: another workspace that names our ids finds nothing and changes nothing', async (_noun, table) => {
    const before = await ourDocuments();
    for (const [name, [call, nothing]] of Object.entries(table)) {
      const result = await call();
      const isPartly = typeof nothing === 'object' && nothing !== null && !Array.isArray(nothing);
      expect({ [name]: result }).toEqual({ [name]: isPartly ? expect.objectContaining(nothing) : nothing });
      expect({ after: name, documents: await ourDocuments() }).toEqual({ after: name, documents: before });
    }
  });

  test.each(Object.entries(repositories))('the table knows every function of the %s repository', (noun, repository) => {
    const functions = Object.entries(repository).flatMap(([name, value]) =>
      typeof value === 'function' && !SWEEPS.test(name) && !PURE.test(name) ? [name] : [],
    );
    expect(Object.keys(calls[noun] ?? {}).sort()).toEqual(functions.sort());
  });
}
