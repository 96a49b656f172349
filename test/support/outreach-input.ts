import type { OutreachInput } from '../../prompts/recruit/outreach-email.ts';

export const anOutreachInput = (given: Partial<OutreachInput> = {}): OutreachInput => ({
  us: { name: 'Larkspur', senderName: 'Ana Alder', setup: { 'setup.sells': 'Analytics', 'setup.customers': 'Clinics' } },
  them: { name: 'Peatworks', contactName: 'Dana Reed', contactRole: '' },
  partnerType: 'technology',
  fit: { reasons: [], meets: [] },
  facts: [{ id: 'f1', field: 'oneLiner', value: 'Appointment booking for clinics' }],
  kind: 'first',
  touch: 1,
  today: '2026-11-23',
  language: 'en',
  manner: { tone: 'plain', length: 'medium' },
  houseStyle: '',
  replacements: [],
  examples: [],
  earlier: [],
  reply: null,
  rewrite: null,
  refused: null,
  ...given,
});
