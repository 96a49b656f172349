import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changedWords, learnFromEdits } from '../../../src/recruit/style/learn-from-edits.ts';

const edit = (draftId: string, before: string, after: string) => ({ draftId, before, after });
const hello = (id: string) => edit(id, `Hello Dana ${id},\n\nOne line made me write.`, `Hi Dana ${id},\n\nOne line made me write.`);

describe('what a team changes the same way', () => {
  test('once is no habit; in two drafts it is', () => {
    expect(learnFromEdits([hello('a')], [])).toEqual([]);
    expect(learnFromEdits([hello('a'), hello('b')], [])).toEqual([{ from: 'Hello', to: 'Hi', draftIds: ['a', 'b'] }]);
  });

  test('twice in one draft counts once', () => {
    expect(learnFromEdits([hello('a'), hello('a')], [])).toEqual([]);
  });

  test('what is dismissed is not said again; another change of the same words is', () => {
    const edits = ['a', 'b'].flatMap((id) => [hello(id), edit(`${id}2`, 'Hello you', 'Dear you')]);
    expect(learnFromEdits(edits, [{ from: 'Hello', to: 'Hi' }]).map(({ to }) => to)).toEqual(['Dear']);
  });

  test('the most frequent comes first', () => {
    const edits = [...['a', 'b'].map((id) => edit(id, 'my idea', 'our idea')), ...['c', 'd', 'e'].map(hello)];
    expect(learnFromEdits(edits, []).map(({ from }) => from)).toEqual(['Hello', 'my']);
  });
});

test.each<[string, string, string, [string, string][]]>([
  ['one word', 'Best regards,', 'Kind regards,', [['Best', 'Kind']]],
  ['several words', 'Is that worth 20 minutes to you?', 'Shall we talk for 20 minutes?', [['Is that worth', 'Shall we talk for']]],
  ['words with a mark inside', 'Well, hello there Dana', 'Good morning Dana', [['Well, hello there', 'Good morning']]],
  ['a line break', 'Hello\n\nDana', 'Hello Dana', []],
  ['words that were added', 'Hello Dana', 'Hello dear Dana', []],
  ['words that were taken away', 'Hello dear Dana', 'Hello Dana', []],
  ['a number', 'for 20 minutes', 'for 30 minutes', []],
  ['the words of a quote', 'it is “this” one', 'it is “that one', []],
  ['a whole text', 'one two three four five six seven', 'a b c d e f g', []],
  ['nothing', 'Hello Dana', 'Hello Dana', []],
])('of %s it takes the words that gave way to others', (_name, before, after, changes) => {
  expect(changedWords(before, after).map(({ from, to }) => [from, to])).toEqual(changes);
});

test('whatever was changed, it says only words that were there, and the same again', () => {
  const words = fc
    .array(fc.constantFrom('hello', 'Dana', 'we', 'sell', 'pens', ',', '.', '20', '“x”'), { maxLength: 30 })
    .map((list) => list.join(' '));
  fc.assert(
    fc.property(words, words, (before, after) => {
      const changes = changedWords(before, after);
      expect(changedWords(before, after)).toEqual(changes);
      for (const { from, to } of changes) {
        expect(before.replace(/ ([,.])/g, '$1')).toContain(from);
        expect(after.replace(/ ([,.])/g, '$1')).toContain(to);
      }
    }),
    { numRuns: 200 },
  );
});
