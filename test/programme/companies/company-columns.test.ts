import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnWords } from '../../../blocks/programme/import-words.ts';
import { matchColumns } from '../../../src/programme/companies/company-columns.ts';

describe('columns', () => {
  test.each([
    [['Domain'], { domain: 'Domain' }],
    [['Company Name', 'Website URL', '# Employees'], { name: 'Company Name', website: 'Website URL', teamSize: '# Employees' }],
    [['ACCOUNT', 'url', 'Head-count', 'H.Q.'], { name: 'ACCOUNT', website: 'url', teamSize: 'Head-count', locations: 'H.Q.' }],
    [
      ['Organisation', 'Homepage', 'Team Size', 'Sector'],
      { name: 'Organisation', website: 'Homepage', teamSize: 'Team Size', industries: 'Sector' },
    ],
    [['City', 'Country', 'Location'], { city: 'City', country: 'Country', locations: 'Location' }],
    [
      ['Year Founded', 'Also known as', 'About', 'Keywords'],
      { founded: 'Year Founded', aliases: 'Also known as', description: 'About', tags: 'Keywords' },
    ],
    [['Company', 'Company Name'], { name: 'Company Name' }],
    [['Domain', 'domain '], { domain: 'Domain' }],
    [['Contact name', 'Phone', '', '__proto__', 'constructor'], {}],
    [['Contact name', 'E-mail', 'Job Title'], { contactName: 'Contact name', companyEmail: 'E-mail', role: 'Job Title' }],
    [
      ['First Name', 'Last Name', 'Email', 'Title', 'Company', 'Name'],
      { firstName: 'First Name', lastName: 'Last Name', companyEmail: 'Email', role: 'Title', name: 'Company', contactName: 'Name' },
    ],
    [
      ['Organization - Name', 'Organization - Website', 'Person - Name', 'Person - Email', 'Organization - People', 'Organization - Owner'],
      { name: 'Organization - Name', website: 'Organization - Website', contactName: 'Person - Name', contactEmail: 'Person - Email' },
    ],
    [
      ['Name', 'BillingCity', 'BillingState', 'BillingCountry', 'NumberOfEmployees', 'Website', 'ParentId', 'OwnerId'],
      {
        name: 'Name',
        city: 'BillingCity',
        region: 'BillingState',
        country: 'BillingCountry',
        teamSize: 'NumberOfEmployees',
        website: 'Website',
      },
    ],
    [
      ['Unternehmensname', 'Domain-Name des Unternehmens', 'Land/Region', 'Anzahl der Mitarbeiter', 'Gründungsjahr'],
      {
        name: 'Unternehmensname',
        domain: 'Domain-Name des Unternehmens',
        country: 'Land/Region',
        teamSize: 'Anzahl der Mitarbeiter',
        founded: 'Gründungsjahr',
      },
    ],
    [['Mitarbeiter von', 'Mitarbeiter bis', 'maxEmployees'], { minSize: 'Mitarbeiter von', maxSize: 'Mitarbeiter bis' }],
    [['Nom', 'Prénom', 'Société', 'Courriel'], { lastName: 'Nom', firstName: 'Prénom', name: 'Société', companyEmail: 'Courriel' }],
    [['Parent Company', 'Account Owner', 'Record Owner', 'Phone', 'Billing Zip', 'LinkedIn Company Page', 'Annual Revenue'], {}],
  ])('%j', (header, expected) => {
    const { fields } = matchColumns(header);
    expect(Object.fromEntries(Object.entries(fields).map(([field, { title }]) => [field, title]))).toEqual(expected);
  });

  test('are described to be confirmed, also those that are not read', () => {
    expect(columnWords(matchColumns(['Website', 'Owner', 'Company', '', 'Company Name']))).toEqual([
      '“Website” is read as website',
      '“Company Name” is read as name',
      'Not read: “Owner”, “Company”',
    ]);
  });

  test('every title is found once: as a field or among the ignored', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom('Domain', 'url', 'Website', 'city', 'ID'), fc.string())), (header) => {
        const { fields, ignored } = matchColumns(header);
        const blank = header.filter(
          (title) => matchColumns([title]).ignored.length + Object.keys(matchColumns([title]).fields).length === 0,
        );
        expect(Object.keys(fields).length + ignored.length + blank.length).toBe(header.length);
      }),
    );
  });
});
