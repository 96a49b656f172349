import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { classicBlocks } from '../../blocks/classic-blocks.ts';
import { context, section } from '../../blocks/mrkdwn.ts';
import { collapsed, dataTable, linkCell, markdown, numberCell, plan, textCell, unmarked } from '../../blocks/panels.ts';
import { message } from './slack-takes.ts';

describe('a letter as Markdown', () => {
  test.each([
    ['# no heading', '\\# no heading'],
    ['- no list\n1. nor this', '\\- no list  \n1\\. nor this'],
    ['*not* _so_ [here](https://evil.example)', '\\*not\\* \\_so\\_ \\[here\\](https://evil.example)'],
    ['see https://larkspur.example/opt_out?a=1&b=2', 'see https://larkspur.example/opt_out?a=1&b=2'],
    ['<!channel> &lt;', '\\<\u200b!channel\\> \\&lt;'],
  ])('shows %j as it stands', (text, shown) => {
    expect(markdown(text).text).toBe(shown);
  });

  test('is the same letter again in sections, whatever stands in it', () => {
    const part = fc.constantFrom(
      '\\',
      '*',
      '_',
      '<',
      '<!here>',
      '&',
      '# ',
      '- ',
      '1. ',
      '\n',
      ' ',
      'https://a.example/b_c*d',
      '`',
      '😀',
      'Hi',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
        // Spaces at the end of a line are not seen.
        const text = parts.join('').replace(/ +$/gm, '');
        expect(unmarked(markdown(text))).toBe(text);
      }),
    );
  });
});

test('in sections, a table has a line for each row, a plan one for each step, and a container is headed', () => {
  const table = dataTable(
    'Candidates',
    ['Company', 'Score'],
    [
      [linkCell('https://a.example', 'A & B'), numberCell(80)],
      [textCell(''), numberCell(7)],
    ],
    0,
  );
  const steps = plan('Importing <list>', [
    { id: '1', title: 'Read', status: 'complete' },
    { id: '2', title: 'Store', status: 'in_progress', details: '5 of 10' },
  ]);
  const folded = collapsed('Reasons: A & B', [section('• one'), context('two')]);
  message({ text: 'All', blocks: [table, steps, folded] });
  const words = classicBlocks([table, steps, folded]).map((block) => JSON.stringify(block));
  expect(words[0]).toContain('*Candidates*\\n_Company · Score_\\n• <https://a.example|A &amp; B> · 80\\n• – · 7');
  expect(words[1]).toContain('*Importing &lt;list&gt;*\\n:white_check_mark: Read\\n:hourglass_flowing_sand: Store · 5 of 10');
  expect(words[2]).toContain('*Reasons: A &amp; B*\\n• one');
  expect(words[3]).toContain('two');
});
