import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import { escaped, section } from '../../blocks/mrkdwn.ts';
import { importProgress, importReport, partnersReport, type SitesRead } from '../../blocks/programme/import-forms.ts';
import { refusalSentence } from '../../blocks/refusals.ts';
import type { Deps } from '../../src/deps.ts';
import { rankCandidates } from '../../src/discover/digest/rank-candidates.ts';
import { refreshCompany } from '../../src/discover/website/refresh-company.ts';
import { Refusal } from '../../src/errors.ts';
import { importPartners, type PartnersImported } from '../../src/onboard/partners/import-partners.ts';
import { recordAudit } from '../../src/programme/audit/audit-repository.ts';
import { findColumnChoice } from '../../src/programme/companies/column-choice-repository.ts';
import { idsByDomain } from '../../src/programme/companies/company-repository.ts';
import {
  type ImportInput,
  type ImportReport,
  importCompanies as importInto,
  readImport,
  readPastedDomains,
} from '../../src/programme/companies/import-companies.ts';
import { PartnerType } from '../../src/programme/setup/programme.ts';
import { findRole } from '../../src/programme/workspaces/role-repository.ts';
import { downloadFile } from '../../src/slack/download-file.ts';
import { afterPartnerChange } from '../../src/slack/onboard/after-partner-change.ts';
import { type Message, showOnce } from '../../src/slack/post-once.ts';
import { readCandidatesJob } from '../discover/read-candidates.ts';
import { readWebsiteJob } from '../discover/read-website.ts';
import { defineJob } from '../job.ts';

const Payload = z.object({
  workspaceId: z.string(),
  importId: z.string(),
  by: z.string(),
  /** `as`: the companies are partners, of this kind. */
  source: z.union([
    z.object({ fileId: z.string(), fileName: z.string(), as: PartnerType.optional() }),
    z.object({ domains: z.string(), as: PartnerType.optional() }),
  ]),
});
type Payload = z.infer<typeof Payload>;

/** Imports a file or pasted domains and tells the person, with progress, in their direct messages. Run again, it changes nothing. */
export const importCompanies = defineJob({
  name: 'import-companies',
  payload: Payload,
  run: async (payload, deps) => {
    const { workspaceId, importId, by, source } = payload;
    const client = await deps.slackFor(workspaceId);
    const name = 'fileName' in source ? source.fileName : 'Pasted domains';
    const target = { workspaceId, key: `import:${importId}`, to: { kind: 'person', userId: by } } as const;
    // Whoever asked may have left the company since: what they asked for is done, and is not shown to them.
    const show = (message: Message) =>
      showOnce(client, target, `Importing ${escaped(name)}`, async () => message).catch((error: unknown) => {
        if (!(error instanceof Refusal)) throw error;
        deps.log.warn({ workspace: workspaceId, user: by, code: error.code }, 'import not shown');
      });
    const showReport = ({ text, blocks }: Message, more: KnownBlock[]) => show({ text, blocks: [...(blocks ?? []), ...more] });
    await show(importProgress(name, 0, 0));
    try {
      const report = await runImport(payload, deps, (done, total) => show(importProgress(name, done, total)));
      const { rows, added, updated, skipped } = report;
      const entry = {
        id: `import:${importId}`,
        workspaceId,
        at: deps.now(),
        by,
        action: 'companies.import',
        subject: `import:${importId}`,
      };
      await recordAudit({ ...entry, after: { source: name, rows, added, updated, skipped } });
      const partners = source.as ? partnersReport(await makePartners(payload, source.as, deps)) : [];
      await showReport(importReport(name, report, 'domains' in source ? 'reading' : undefined), partners);
      if ('domains' in source) await showReport(importReport(name, report, await readSites(workspaceId, source.domains, deps)), partners);
      deps.log.info({ workspace: workspaceId, rows, added, updated, skipped }, 'companies imported');
      await readAhead(workspaceId, deps);
      if (deps.ask) await deps.enqueue(readCandidatesJob, { workspaceId });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const text = refusalSentence(error.code, error.details);
      await show({ text, blocks: [section(`:warning: ${text}`)] });
    }
  },
});

/** Read before the report is complete; of more, the jobs read on. */
const MOST_SITES = 60;
const SITES_AT_ONCE = 6;

/** A pasted domain says nothing of a company: its website is read at once. Those read within the last days are not asked again. */
async function readSites(workspaceId: string, pasted: string, { enqueue, log, network, now }: Deps): Promise<SitesRead> {
  const named = [...new Set((await readPastedDomains(pasted)).companies.flatMap(({ domain }) => domain ?? []))];
  const ids = await idsByDomain(workspaceId, named);
  const domains = named.filter((domain) => ids.has(domain));
  const [first, later] = [domains.slice(0, MOST_SITES), domains.slice(MOST_SITES)];
  const waiting = [...first];
  const silent: string[] = [];
  const readNext = async (): Promise<void> => {
    for (let domain = waiting.shift(); domain !== undefined; domain = waiting.shift()) {
      const { website } = await refreshCompany(workspaceId, ids.get(domain) ?? '', network, now());
      if (website.problem) silent.push(domain);
    }
  };
  await Promise.all(Array.from({ length: SITES_AT_ONCE }, readNext));
  for (const domain of later) await enqueue(readWebsiteJob, { workspaceId, companyId: ids.get(domain) ?? '' });
  log.info({ workspace: workspaceId, read: first.length - silent.length, silent: silent.length, later: later.length }, 'pasted sites read');
  return { read: first.length - silent.length, silent: silent.sort(), later: later.length };
}

/** Whoever asks for the list next finds the new companies read. Before set-up there is nothing to rank by. */
async function readAhead(workspaceId: string, { log, now }: Pick<Deps, 'log' | 'now'>): Promise<void> {
  await rankCandidates(workspaceId, { top: 0, now: now() }).catch((err: unknown) => {
    if (!(err instanceof Refusal)) log.warn({ err }, 'the imported companies could not be read ahead');
  });
}

/** Two seconds between progress updates: Slack takes about one a second. */
const PROGRESS_MS = 2000;

async function runImport(payload: Payload, deps: Deps, show: (done: number, total: number) => Promise<unknown>): Promise<ImportReport> {
  const { log, now } = deps;
  let shownAt = Date.now();
  let showing: Promise<unknown> = Promise.resolve();
  const onProgress = ({ done, total }: { done: number; total: number }) => {
    if (Date.now() - shownAt < PROGRESS_MS) return;
    shownAt = Date.now();
    // Progress is a courtesy: a message that cannot be updated stops no import.
    showing = showing.then(() => show(done, total)).catch((err: unknown) => log.warn({ err }, 'import progress not shown'));
  };
  const report = await importInto(payload.workspaceId, await inputOf(payload, deps), { by: payload.by, at: now(), onProgress });
  await showing;
  return report;
}

async function inputOf({ workspaceId, source }: Payload, { slackFor }: Pick<Deps, 'slackFor'>): Promise<ImportInput> {
  if ('domains' in source) return { pastedDomains: source.domains };
  return { name: source.fileName, bytes: await downloadFile(await slackFor(workspaceId), source.fileId) };
}

/** The companies that were imported become partners, on the word of whoever imported them, with the role they have now. */
async function makePartners(payload: Payload, type: PartnerType, deps: Deps): Promise<PartnersImported> {
  const { workspaceId, by: userId } = payload;
  const findChoice = (header: readonly string[]) => findColumnChoice(workspaceId, header);
  const read = await readImport(await inputOf(payload, deps), { by: userId, at: deps.now(), findChoice });
  const actor = { kind: 'member', workspaceId, userId, role: (await findRole(workspaceId, userId)) ?? 'member' } as const;
  const imported = await importPartners(actor, read, type, deps.now());
  for (const partner of imported.added) await afterPartnerChange(partner, deps);
  return imported;
}
