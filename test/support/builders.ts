import type { Deps } from '../../src/deps.ts';
import type { Company, CompanyFacts } from '../../src/programme/companies/company.ts';
import { findCompanyByDomain } from '../../src/programme/companies/company-repository.ts';
import { saveImported } from '../../src/programme/companies/save-imported.ts';
import type { Programme, SetupStep } from '../../src/programme/setup/programme.ts';
import { saveProgramme } from '../../src/programme/setup/save-programme.ts';
import { changeRole, grantFirstAdmin } from '../../src/programme/workspaces/change-role.ts';
import type { Actor, Member } from '../../src/programme/workspaces/role.ts';
import { createComposeMail } from '../../src/recruit/mail/compose-mail.ts';
import type { Mail, MailResult } from '../../src/recruit/mail/mail.ts';
import { createSendMail } from '../../src/recruit/mail/smtp.ts';
import { approveDraft, type SeenDraft } from '../../src/recruit/outreach/decide-draft.ts';
import { type Approval, type Contact, contentHash, type Draft } from '../../src/recruit/outreach/draft.ts';
import { startDraft } from '../../src/recruit/outreach/start-draft.ts';
import { writeDraft } from '../../src/recruit/outreach/write-draft.ts';
import { ANA, defaultCast, MIA, MILO, PARTNERSHIPS, PIA } from '../sandbox/cast.ts';

export const HOME = defaultCast.team.id;
export const AT = new Date('2026-11-23T09:00:00Z');

export const anActor = (given: Partial<Member> = {}): Member => ({
  kind: 'member',
  workspaceId: HOME,
  userId: ANA,
  role: 'admin',
  ...given,
});
export const ana = anActor();
export const milo = anActor({ userId: MILO, role: 'manager' });
export const mia = anActor({ userId: MIA, role: 'member' });
export const pia: Actor = { kind: 'stranger', workspaceId: HOME, userId: PIA, teamId: 'T0QUILLMNT' };

export const aContact = (given: Partial<Contact> = {}): Contact => ({
  name: 'Dana Reed',
  email: 'dana@peatworks.example',
  country: 'GB',
  basis: 'published',
  recipient: 'company',
  origin: 'website',
  source: 'https://peatworks.example/contact',
  ...given,
});

const SETTINGS: { [Step in SetupStep]: NonNullable<Programme[Step]> } = {
  company: {
    name: 'Larkspur',
    website: 'larkspur.example',
    sells: 'Analytics and reporting software for private clinics',
    customers: 'Private clinics and hospitals',
    regions: 'United Kingdom',
    partnerTypes: ['technology'],
  },
  leaveOut: { competitors: [], customers: [], existing: [] },
  digest: { channel: PARTNERSHIPS, hour: 8, timeZone: 'Europe/London', weekdays: [1, 2, 3, 4, 5], count: 5 },
  sender: { name: 'Ana Alder', address: 'ana@larkspur.example', postalAddress: '1 Harbour Street, London' },
};

/** A workspace whose set-up is done, with Ana as admin and Milo as manager. */
export async function aProgramme(workspaceId = HOME): Promise<void> {
  const admin = anActor({ workspaceId });
  await grantFirstAdmin(workspaceId, ANA, AT);
  await changeRole(admin, MILO, 'manager', AT);
  for (const step of ['company', 'leaveOut', 'digest', 'sender'] as const) await saveProgramme(admin, step, SETTINGS[step], AT);
}

export async function aCompany(given: Partial<CompanyFacts> & { domain?: string; workspaceId?: string } = {}): Promise<Company> {
  const { domain = 'peatworks.example', workspaceId = HOME, ...known } = given;
  const facts: CompanyFacts = {
    name: 'Peatworks',
    website: '',
    oneLiner: 'Appointment booking for clinics',
    description: '',
    industries: ['Healthcare'],
    tags: [],
    teamSize: 60,
    sizeBand: null,
    locations: ['Leeds, United Kingdom'],
    founded: null,
    status: null,
    aliases: [],
    ...known,
  };
  await saveImported(workspaceId, [{ domain, facts, origin: { source: 'partners.csv:2', at: AT }, origins: {} }], AT);
  const company = await findCompanyByDomain(workspaceId, domain);
  if (!company) throw new Error('the company was not saved');
  return company;
}

/** A draft before the team: its programme must be there, its company is made when none is given. */
export async function aWaitingDraft({ company, workspaceId = HOME }: { company?: Company; workspaceId?: string } = {}): Promise<Draft> {
  const { id } = company ?? (await aCompany({ workspaceId }));
  const { draft } = await startDraft(anActor({ workspaceId }), id, aContact(), AT);
  return writeDraft(workspaceId, draft.id, { ask: null, now: () => AT, publicUrl: null });
}

/** What somebody has before their eyes who looks at this draft. */
export const seen = (draft: Draft): SeenDraft & Pick<Draft, 'attempts'> => ({
  draftId: draft.id,
  version: draft.version,
  hash: contentHash(draft),
  attempts: draft.attempts,
});

export async function anApprovedDraft(at = AT): Promise<{ draft: Draft; approval: Approval }> {
  await aProgramme();
  return approved(await aWaitingDraft(), at);
}

export async function approved(waiting: Draft, at = AT): Promise<{ draft: Draft; approval: Approval }> {
  const { draft } = await approveDraft(anActor({ workspaceId: waiting.workspaceId }), seen(waiting), at);
  if (!draft.approval) throw new Error('the draft was not approved');
  return { draft, approval: draft.approval };
}

type MailTools = Pick<Deps, 'composeMail' | 'sendMail' | 'publicUrl'>;

/** A mail server that does with a mail what `deliver` says. */
export function postOffice(deliver: (mail: Mail) => Promise<MailResult>): MailTools {
  const composed = new Map<string, Mail>();
  return {
    composeMail: async (mail) => {
      composed.set(mail.messageId, mail);
      return Buffer.from(mail.messageId);
    },
    sendMail: async (_envelope, bytes, beforeHandOver) => {
      const mail = composed.get(bytes.toString());
      if (!mail) throw new Error('these bytes were never composed');
      return (await beforeHandOver()) ? deliver(mail) : { outcome: 'held' };
    },
    publicUrl: null,
  };
}

/** A mail server that only keeps a list. */
export function recorder(result: MailResult = { outcome: 'sent', response: '250 ok' }): MailTools & { mails: Mail[] } {
  const mails: Mail[] = [];
  const keep = async (mail: Mail) => {
    mails.push(mail);
    return result;
  };
  return { mails, ...postOffice(keep) };
}

/** The real way out, to this mail server. */
export function mailTools(smtpUrl: string | undefined): MailTools {
  return { composeMail: createComposeMail(null), sendMail: createSendMail(smtpUrl), publicUrl: null };
}

export const hashOfMail = ({ from, to, subject, text }: Mail): string =>
  contentHash({ sender: from, contact: { name: to.name, email: to.address }, subject, body: text, footer: '', notice: '' });
