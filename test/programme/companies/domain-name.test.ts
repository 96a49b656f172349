import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { domainProblemWords } from '../../../blocks/programme/import-words.ts';
import { registrableDomain } from '../../../src/programme/companies/domain-name.ts';

describe('a registrable domain is found in', () => {
  test.each([
    ['acme.com', 'acme.com'],
    ['  ACME.Com. ', 'acme.com'],
    ['https://www.acme.co.uk/about?x=1#top', 'acme.co.uk'],
    ['http://acme.com:8080/path', 'acme.com'],
    ['acme.com:443', 'acme.com'],
    ['//cdn.acme.com', 'acme.com'],
    ['https://user:secret@shop.acme.com/', 'acme.com'],
    ['acme.com/@founder', 'acme.com'],
    ['HTTPS://ACME.COM', 'acme.com'],
    ['https:\\\\acme.com\\x', null],
    ['münchen.de', 'xn--mnchen-3ya.de'],
    ['XN--MNCHEN-3YA.de', 'xn--mnchen-3ya.de'],
    ['例え.jp', 'xn--r8jz45g.jp'],
    ['acme.github.io', 'acme.github.io'],
    ['blog.acme.blogspot.com', 'acme.blogspot.com'],
    ['demo.acme.example', 'acme.example'],
    ['github.com', 'github.com'],
    ['https://www.linkedin.com/', 'linkedin.com'],
    ['1password.com', '1password.com'],
    ['a-b.io?utm=x', 'a-b.io'],
  ])('%j: %j', (input, domain) => {
    expect(registrableDomain(input)).toEqual(domain === null ? { problem: expect.any(String) } : { domain });
  });
});

describe('refused', () => {
  test.each([
    ['', 'empty'],
    [' \t\n', 'empty'],
    ['jo@acme.com', 'address'],
    ['mailto:jo@acme.com', 'address'],
    ['192.168.0.1', 'ip'],
    ['https://10.0.0.1:8080/x', 'ip'],
    ['[2001:db8::1]', 'ip'],
    ['http://[::1]/', 'ip'],
    ['localhost', 'localhost'],
    ['http://localhost:3000', 'localhost'],
    ['printer.local', 'localhost'],
    ['co.uk', 'public-suffix'],
    ['https://co.uk/', 'public-suffix'],
    ['com', 'public-suffix'],
    ['github.io', 'public-suffix'],
    ['blogspot.com', 'public-suffix'],
    ['acme.con', 'unknown-ending'],
    ['https://github.com/acme/app', 'shared-host'],
    ['https://uk.linkedin.com/company/acme', 'shared-host'],
    ['https://apps.apple.com/app/1', 'shared-host'],
    ['ftp://acme.com', 'not-web'],
    ['javascript:alert(1)', 'not-web'],
    ['acme', 'not-a-domain'],
    ['n/a', 'not-a-domain'],
    ['acme corp.com', 'not-a-domain'],
    ['acme..com', 'not-a-domain'],
    ['.com', 'not-a-domain'],
    ['-acme.com', 'not-a-domain'],
    ['ac_me.com', 'not-a-domain'],
    ['%61cme.com', 'not-a-domain'],
    ['1.2.3', 'not-a-domain'],
    ['xn--a.com', 'not-a-domain'],
    [`${'a'.repeat(64)}.com`, 'too-long'],
    [`${'a.'.repeat(130)}com`, 'too-long'],
    [`https://acme.com/${'a'.repeat(3_000)}`, 'too-long'],
  ])('%j is %s', (input, problem) => {
    expect(registrableDomain(input)).toEqual({ problem });
  });
});

test('every problem has a sentence of its own, and a long text is shortened in it', () => {
  const problems = [
    'empty',
    'address',
    'ip',
    'localhost',
    'public-suffix',
    'unknown-ending',
    'shared-host',
    'not-web',
    'too-long',
  ] as const;
  expect(new Set([...problems, 'not-a-domain' as const].map((problem) => domainProblemWords(problem, 'x'))).size).toBe(problems.length + 1);
  expect(domainProblemWords('address', ' jo@acme.com ')).toBe('“jo@acme.com” is an e-mail address; give the web domain.');
  expect(domainProblemWords('too-long', 'a'.repeat(5_000)).length).toBeLessThan(150);
});

test('whatever is typed, there is an answer; a domain that is found stands for itself', () => {
  const hosts = fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl(), fc.domain(), fc.ipV4(), fc.ipV6(), fc.emailAddress());
  fc.assert(
    fc.property(hosts, (input) => {
      const found = registrableDomain(input);
      if ('problem' in found) return void expect(domainProblemWords(found.problem, input)).not.toBe('');
      expect(registrableDomain(found.domain)).toEqual(found);
      expect(registrableDomain(`https://www.${found.domain.toUpperCase()}./`)).toEqual(found);
    }),
    { numRuns: 2_000 },
  );
});
