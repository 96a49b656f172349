import { expect, test } from 'vitest';
import { escapedText, withMentions } from './outgoing.ts';

const person = (name: string) => ({ name, teamId: 'T1', external: false, bot: false });
const users = { U1: person('Ana Alder'), U2: person('Ana Alderton'), U3: person('partnerships'), U4: person('C++ (Bot)') };

test.each([
  ['@Ana Alder hello', '<@U1> hello'],
  ['@Ana Alderton and @Ana Alder', '<@U2> and <@U1>'],
  ['(@partnerships)', '(<@U3>)'],
  ['ask @C++ (Bot) now', 'ask <@U4> now'],
  ['mail ana@partnerships.example', 'mail ana@partnerships.example'],
  ['@partnerships-team', '@partnerships-team'],
  ['@ana alder', '@ana alder'],
  ['<@U1>', '<@U1>'],
])('%s is stored as %s', (typed, stored) => {
  expect(withMentions(typed, users)).toBe(stored);
});

test('what a person types can never become markup', () => {
  expect(escapedText('<!channel> R&D &lt; <@U1>')).toBe('&lt;!channel&gt; R&amp;D &amp;lt; &lt;@U1&gt;');
});
