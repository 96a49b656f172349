import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { companyDetails } from '../../blocks/discover/company-details.ts';
import { laterForm, rejectForm } from '../../blocks/discover/decision-forms.ts';
import { noticeModal } from '../../blocks/elements.ts';
import { EXTERNAL_HELP, helpCard } from '../../blocks/help.ts';
import { type DueRow, HOME_DUE } from '../../blocks/onboard/due-checklists.ts';
import { homeView, noticeHome } from '../../blocks/programme/home.ts';
import { importConfirm, importForm } from '../../blocks/programme/import-forms.ts';
import { privacyDeleteForm, privacyPage } from '../../blocks/programme/privacy-page.ts';
import { rolesForm } from '../../blocks/programme/roles-form.ts';
import { setupDone, setupForm } from '../../blocks/programme/setup-form.ts';
import { websiteForm, websiteWait } from '../../blocks/programme/website-form.ts';
import { changeContactForm, contactForm } from '../../blocks/recruit/contact-form.ts';
import { approveForm, decisionNotice, editForm } from '../../blocks/recruit/draft-forms.ts';
import { openStep } from '../../src/onboard/checklists/checklist.ts';
import { KEPT_KINDS } from '../../src/programme/privacy/kept-data.ts';
import { PARTNER_TYPES, type Programme, SETUP_STEPS } from '../../src/programme/setup/programme.ts';
import { PARTNERS_COMMANDS } from '../../src/slack/partners.ts';
import { ana, mia } from '../support/builders.ts';
import { draft, item, nasty, reason } from './extreme.ts';
import { message, view } from './slack-takes.ts';

const RUNS = { numRuns: 60 };
const someProgramme = (name: string): Programme => ({
  workspaceId: 'T1',
  company: {
    name: first(name, 99),
    website: 'a.example',
    sells: name,
    customers: name,
    regions: first(name, 300),
    partnerTypes: [...PARTNER_TYPES],
  },
  leaveOut: { competitors: [name], customers: [name], existing: [] },
  corrected: { areas: ['hr'], relation: 'adopters' },
  digest: { channel: 'C1', hour: 23, timeZone: 'America/Argentina/ComodRivadavia', weekdays: [7], count: 10 },
  sender: { name: first(name, 99), address: 'ana@larkspur.example', postalAddress: first(name, 299) },
  nextDigestAt: new Date(),
});
/** Never half a letter. */
const first = (text: string, max: number) => text.slice(0, max).replace(/[\ud800-\udbff]$/, '');
const manyRoles = Array.from({ length: 500 }, (_, n) => ({ userId: `U0000${n}`, role: n % 2 ? ('admin' as const) : ('manager' as const) }));

/** A page of partners with something due, each called and asked for whatever somebody typed. */
const dueRows = (name: string): DueRow[] => {
  const step = { id: 's', title: first(name, 120), side: 'ours', dueDays: 3, evidence: 'file', dependsOn: [] } as const;
  const due = { ...openStep({ ...step, dependsOn: [] }), readyAt: new Date(0), dueOn: '2026-11-26' };
  return Array.from({ length: HOME_DUE }, (_, n) => ({ partner: { id: `p${n}`, name, owner: 'U1' }, step: due, late: n, count: n + 1 }));
};

describe('forms and the Home tab', () => {
  test('the website that set-up begins with', () => {
    view(websiteForm());
    view(websiteWait('a.example'));
  });

  test('the forms around a draft', () => {
    fc.assert(
      fc.property(draft, (one) => {
        view(editForm(one));
        view(
          approveForm(
            one,
            { lapsed: null, wroteAgain: new Date(0), warnings: Array(9).fill(one.body), setupIn: 'en', meantIn: 'de', habit: null },
            'f'.repeat(64),
            false,
          ),
        );
        const company = { id: one.companyId, name: one.companyName, locations: ['Leeds, United Kingdom'] };
        view(contactForm({ company, before: null, people: [], chosen: 0, origin: {} }));
        const source = { kind: 'import', file: one.companyName, line: 2 } as const;
        const somebody = {
          name: first(one.companyName, 100),
          email: one.contact.email,
          role: '',
          country: 'GB',
          source,
          at: one.updatedAt,
        };
        const before = { contact: one.contact, at: one.updatedAt, where: 'In its thread.' };
        view(contactForm({ company, before, people: Array(9).fill(somebody), chosen: 3, origin: { channel: 'C1', threadTs: '1.1' } }));
        view(changeContactForm(one));
        const key = { kind: 'address', value: first(one.companyName, 200) || 'a' } as const;
        view(privacyDeleteForm(key, JSON.stringify({ key, origin: {} })));
        message(privacyPage(key, new Map(KEPT_KINDS.map((kind) => [kind, 12_345]))));
        view(rejectForm({ id: one.companyId, name: one.companyName }, {}));
        view(
          laterForm({ id: one.companyId, name: one.companyName }, '2026-12-28', { responseUrl: 'https://hooks.slack.com/actions/T1/1/x' }),
        );
        view(noticeModal('Draft outreach', decisionNotice(one)));
      }),
      RUNS,
    );
  });

  test('the details of a company', () => {
    const fit = fc.record({
      type: fc.constant('agency' as const),
      score: fc.constant(50),
      known: fc.constant(0.5),
      reasons: fc.array(reason, { maxLength: 25 }),
    });
    fc.assert(
      fc.property(
        item,
        fit,
        nasty(5000),
        fc.oneof(
          fc.constant(null),
          nasty(3000).map((entry) => ({ gate: 'customer' as const, entry })),
        ),
        (one, judged, description, gate) => {
          // The details read no more of a company than this.
          const company = { ...one, description } as unknown as Parameters<typeof companyDetails>[0];
          view({
            type: 'modal',
            title: { type: 'plain_text', text: 'Why' },
            blocks: companyDetails(company, judged, gate, new Date('2026-11-23T09:00:00Z')),
          });
        },
      ),
      RUNS,
    );
  });

  test('set-up, every step, filled with the longest texts and empty', () => {
    fc.assert(
      fc.property(nasty(1000), (name) => {
        for (const step of SETUP_STEPS) view(setupForm(step, someProgramme(name), 'Asia/Kathmandu'));
        const nothing = { website: 'a.example', name: '', sells: '', customers: '', regions: '' };
        const proposal = { ...nothing, name: first(name, 100), sells: first(name, 1000), customers: first(name, 1000), problem: null };
        const blank = { ...someProgramme(name), company: null };
        for (const read of [proposal, { ...nothing, problem: 'too-slow' as const }])
          view(setupForm('company', blank, 'Asia/Kathmandu', read));
        view(setupDone(someProgramme(name), [...SETUP_STEPS]));
        view(setupDone(someProgramme(name), [], true));
      }),
      { numRuns: 10 },
    );
  });

  test('the Home tab with hundreds of open drafts, help, roles, imports', () => {
    fc.assert(
      fc.property(fc.array(draft, { maxLength: 60 }), nasty(300), (open, name) => {
        const links = new Map(open.map(({ id }) => [`draft:${id}`, 'https://larkspur.slack.com/archives/C1/p1']));
        view(
          homeView({
            programme: someProgramme(name),
            companies: 0,
            roles: manyRoles,
            hasDigest: false,
            inbox: {
              items: open.map((one) => ({ kind: 'draft', since: one.updatedAt, draft: one })),
              drafts: open.length + 5,
              replies: 0,
            },
            links,
            silent: { address: 1, domain: 0, company: 2 },
            due: { from: 8, mine: open.length > 9, rows: dueRows(name), total: 1000 },
            candidates: [],
            expiring: { deals: [], total: 1000, names: new Map() },
            quarter: { since: new Date(0), registrations: 12 },
            standing: {
              paused: open.length > 9,
              words: open.length > 4 ? name : null,
              today: { searches: 1, tokens: 1, microUsd: 120_000 },
              perDayUsd: 3,
            },
            actor: open.length % 2 === 0 ? ana : mia,
          }),
          'views.publish',
        );
        const blank = { ...someProgramme(name), company: null, digest: null, sender: null };
        for (const [companies, hasDigest] of [
          [0, false],
          [5, false],
          [5, true],
        ] as const) {
          const beginning = { programme: blank, companies, roles: [], hasDigest };
          const blocks = helpCard(PARTNERS_COMMANDS, beginning);
          message({ text: 'Help', blocks }, 'response_url');
          for (const { help } of PARTNERS_COMMANDS) expect(JSON.stringify(blocks)).toContain(JSON.stringify(help).slice(1, -1));
        }
        message(
          {
            text: 'Help',
            blocks: helpCard(PARTNERS_COMMANDS, { programme: someProgramme(name), companies: 0, roles: manyRoles, hasDigest: true }),
          },
          'response_url',
        );
        view(
          importConfirm({ fileId: 'F1', fileName: first(name, 200) }, { fields: {}, ignored: Array.from({ length: 500 }, () => name) }, 5),
        );
      }),
      { numRuns: 20 },
    );
    view(noticeHome(EXTERNAL_HELP), 'views.publish');
    view(rolesForm(manyRoles));
    view(importForm());
  });
});
