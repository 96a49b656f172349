import { describe, expect, test } from 'vitest';
import { crmCountry, crmDomains, crmText } from '../../../src/manage/crm/crm-record.ts';

describe('of a field of any length only the first 2,000 characters are read', () => {
  const FAR = ' '.repeat(2_500);

  test('text', () => {
    expect(crmText(`Saltmarsh${FAR}Clinics`)).toBe('Saltmarsh');
    expect(crmText('A&'.repeat(500_000))).toHaveLength(200);
    expect(crmText(`${'a'.repeat(1_999)}😀`)).toBe('a'.repeat(200));
  });

  test('domains', () => {
    expect(crmDomains(`saltmarsh.example;${FAR}brindle.example`, 'larkspur.example')).toEqual(['saltmarsh.example', 'larkspur.example']);
  });

  test('countries', () => {
    expect(crmCountry('Germany')).toBe('DE');
    expect(crmCountry(`${FAR}Germany`, 'FR')).toBe('FR');
  });
});
