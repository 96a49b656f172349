import { expect, test } from 'vitest';
import { context, link, person, section } from '../../blocks/mrkdwn.ts';
import { slackErrors } from '../sandbox/limits.ts';

test('Slack is asked to make nothing of bare addresses and names; links and mentions of ours are marked as such', () => {
  const words = `Runs https://evil.example and #general. ${link('https://peatworks.example', 'Peatworks')} ${person('U1')}`;
  const blocks = [section(words), context(words, 'more')];
  expect(blocks).toEqual([
    { type: 'section', text: { type: 'mrkdwn', text: words, verbatim: true } },
    { type: 'context', elements: [words, 'more'].map((text) => ({ type: 'mrkdwn', text, verbatim: true })) },
  ]);
  expect(slackErrors('chat.update', { text: 'x', blocks })).toBeNull();
});
