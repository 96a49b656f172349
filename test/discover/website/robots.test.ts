import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mayRead } from '../../../src/discover/website/robots.ts';

const ALL = 'User-agent: *\n';

test.each<[string, string, string, boolean]>([
  ['no rules', '', '/', true],
  ['an empty rule', `${ALL}Disallow:`, '/', true],
  ['everything', `${ALL}Disallow: /`, '/', false],
  ['a folder', `${ALL}Disallow: /private`, '/private/x', false],
  ['another folder', `${ALL}Disallow: /private`, '/public', true],
  ['the longest wins', `${ALL}Disallow: /a\nAllow: /a/b`, '/a/b/c', true],
  ['the longest wins the other way', `${ALL}Allow: /a\nDisallow: /a/b`, '/a/b/c', false],
  ['equals allow', `${ALL}Disallow: /a\nAllow: /a`, '/a', true],
  ['a star', `${ALL}Disallow: /*/partners`, '/en/partners/x', false],
  ['the end', `${ALL}Disallow: /*.pdf$`, '/a.pdf', false],
  ['not the end', `${ALL}Disallow: /*.pdf$`, '/a.pdf?x', true],
  ['the end without a star', `${ALL}Disallow: /a$`, '/ab', true],
  ['encoding', `${ALL}Disallow: /%7ejoe`, '/~joe', false],
  ['letters', `${ALL}Disallow: /café`, '/caf%C3%A9', false],
  ['a comment', `# Disallow: /\n${ALL}Disallow: /a # all of it`, '/a', false],
  ['another agent', 'User-agent: OtherBot\nDisallow: /', '/', true],
  ['us by name', `${ALL}Allow: /\n\nuser-agent: partnershipsreader\nDisallow: /`, '/', false],
  ['us, more kindly than everybody', `${ALL}Disallow: /\nUser-agent: PartnershipsReader/2.0\nAllow: /`, '/', true],
  ['two names, one group', 'User-agent: OtherBot\nUser-agent: PartnershipsReader\nDisallow: /x', '/x', false],
  ['two groups are one', 'User-agent: *\nDisallow: /a\n\nUser-agent: b\nDisallow: /\n\nUser-agent: *\nDisallow: /c', '/c', false],
  ['old line ends', 'User-agent: *\r\nDisallow: /a\r\n', '/a', false],
  ['odd spaces', ' User-Agent :  * \n  DISALLOW:/a', '/a', false],
])('%s', (_name, robots, path, allowed) => expect(mayRead(robots, path)).toBe(allowed));

test('anything at all is read without failing, and patterns of stars end', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (robots, path) => void mayRead(ALL + robots, `/${path}`)),
  );
  expect(mayRead(`${ALL}Disallow: /${'*a'.repeat(990)}b$`, `/${'a'.repeat(20_000)}`)).toBe(true);
});

test('a rule longer than any address forbids by its beginning and allows nothing', () => {
  const long = `/a${'b'.repeat(3_000)}`;
  expect(mayRead(`${ALL}Disallow: ${long}`, `${long}/x`)).toBe(false);
  expect(mayRead(`${ALL}Disallow: /a\nAllow: ${long}`, `${long}/x`)).toBe(false);
});
