import { describe, expect, test } from 'vitest';
import { checkDraft } from '../../../src/recruit/writing/check-draft.ts';
import { moneyPromises } from '../../../src/recruit/writing/check-numbers.ts';
import { anInput, groundsFor } from './any-input.ts';

describe('who pays whom, and a share of what, is promised by people alone', () => {
  test.each([
    'We pay a commission on every sale.',
    'You would receive a fifth of every sale.',
    'Half of the revenue goes to you.',
    'You get a cut of each deal.',
    'We would pay you for every customer you bring.',
    'We would reward you for it.',
    'You would be paid for every lead.',
    'We agree to pay for introductions.',
    'We share revenue fifty-fifty.',
    'We would split the profits.',
    'There is a referral fee.',
    'Your customers get a discount.',
    'There is cash in it.',
    'We return part of the price to you.',
    'Wir zahlen Ihnen ein Fünftel des Umsatzes.',
    'Wir würden Ihnen für jeden Kunden etwas zahlen.',
    'Dafür gibt es eine Provision.',
    'Wir teilen den Umsatz mit Ihnen.',
    'Für jeden Abschluss gäbe es Geld.',
    'Nous vous versons une commission sur chaque vente.',
    'Nous partageons les revenus.',
    'Vous recevez un cinquième de chaque vente.',
    'Vous seriez payé pour chaque client.',
    'Le pagamos una comisión por cada venta.',
    'Usted recibe una quinta parte de cada venta.',
    'Usted recibiría dinero.',
    'Compartimos los ingresos.',
  ])('%s', (sentence) => {
    expect(moneyPromises(sentence)).not.toEqual([]);
  });

  test.each([
    'Shall we share what we learned?',
    'Each of us would do half of the work.',
    'We would pay attention to it.',
    'You would be part of the sales team.',
    'It is about the provision of care.',
    'Wir zeigen Ihnen Zahlen.',
    'Je reviens vers vous avec les pages.',
    'La part de chacun serait petite.',
    'Vous payez vos fournisseurs en ligne.',
    'Una parte de la idea es suya.',
  ])('not: %s', (sentence) => {
    expect(moneyPromises(sentence)).toEqual([]);
  });
});

test('a sum that they ask for is not offered to them', () => {
  const grounds = { ...groundsFor(anInput()), theirs: ['Can you pay us 500 per deal?'] };
  for (const body of ['We will pay you 500 per deal.', 'We agree to pay 500 per deal.', 'We agree to pay “500 per deal”.'])
    expect(checkDraft({ subject: 'Booking', body, claims: [], language: 'en' }, grounds).join('\n')).toMatch(/promise no money/);
});
