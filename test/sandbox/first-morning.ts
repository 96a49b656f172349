import { ACTIONS } from '../../blocks/ids.ts';
import { ANA, MILO, PARTNERSHIPS } from './cast.ts';
import type { SandboxView } from './contract.ts';
import type { Sandbox } from './server.ts';

/** What Ana answers in `/partners setup`, step by step. Larkspur is invented. */
const ANSWERS: { asks: string; answers: Record<string, unknown> }[] = [
  { asks: 'Your company’s website', answers: { website: 'larkspur.example' } },
  {
    asks: 'What do you sell',
    answers: {
      name: 'Larkspur',
      website: 'larkspur.example',
      sells: 'Analytics and reporting software for private clinics: waiting times, revenue and results in one place.',
      customers: 'Private clinics, hospital groups and dental practices with 10 to 500 staff',
      regions: 'United Kingdom, Ireland',
      partnerTypes: ['technology', 'reseller', 'consultant', 'agency'],
    },
  },
  {
    asks: 'Competitors',
    answers: { competitors: 'vantageclinics.example', customers: 'meadowsweet.example', existing: 'quillmont.example' },
  },
  {
    asks: 'Team channel',
    answers: { channel: PARTNERSHIPS, hour: '8', timeZone: 'Europe/London', weekdays: ['1', '2', '3', '4', '5'], count: '5' },
  },
  {
    asks: 'Postal address',
    answers: { name: 'Ana Alder', address: 'ana@larkspur.example', postalAddress: '1 Harbour Street, Bristol BS1 4RN, United Kingdom' },
  },
];

/** What Ana lets letters say of Larkspur. */
const LETTERS = {
  sells: 'reports for private clinics that show waiting times, revenue and results in one place',
  customers: 'private clinics and dental practices',
  proof:
    'A clinic sees its first report on the day it connects its calendar.\nReports are read in the browser, without anything to install.',
  mayName: 'Meadowsweet (customer)',
  'they-technology': 'show our reports beside your own screens',
  'gain-technology': 'clinics that open your product more often',
  'firstStep-technology': 'a look at both interfaces, one developer from each side',
  'they-reseller': 'sell our reports together with your own product and set them up',
  'gain-reseller': 'something new to bring to clinics you know already',
  'firstStep-reseller': 'one clinic of yours that tries a report for a month',
  'they-consultant': 'bring our reports along where a clinic asks for figures',
  'gain-consultant': 'clients who see what your advice has changed',
  'firstStep-consultant': 'a report on one clinic that you know',
  'they-agency': 'set our reports up for the clinics you work for',
  'gain-agency': 'paid set-up days and clinics that stay with you',
  'firstStep-agency': 'one project together',
};

/** Plays set-up, a role for Milo and the first digest, through the same clicks a person makes. */
export async function playFirstMorning(sandbox: Sandbox): Promise<void> {
  const ana = sandbox.as(ANA);
  const shown = (words: string) => sandbox.waitFor(() => withWords(sandbox.modal(ANA), words), 20_000);
  await ana.command(PARTNERSHIPS, '/partners setup');
  for (const { asks, answers } of ANSWERS) await ana.submit(await shown(asks), answers);
  await ana.close(await shown('Everything is set'));
  await ana.command(PARTNERSHIPS, '/partners style');
  await ana.click(await shown('What letters may say'), ACTIONS.letterFacts, { value: JSON.stringify({ language: 'en' }) });
  await ana.submit(await shown('In English'), LETTERS);
  await ana.close(await shown('Saved'));
  await ana.command(PARTNERSHIPS, '/partners roles');
  await ana.submit(await shown('Role from now on'), { user: MILO, role: 'manager' });
  await ana.close(await shown(MILO));
  await ana.command(PARTNERSHIPS, '/partners digest');
  await sandbox.waitFor(() => sandbox.messages({ as: ANA, channel: PARTNERSHIPS }).find(({ blocks }) => blocks.length > 2), 60_000);
}

function withWords(view: SandboxView | null, words: string): SandboxView | null {
  return JSON.stringify(view?.blocks ?? []).includes(words) ? view : null;
}
