import type { AreaId } from '../../src/discover/fit/areas.ts';

/** The areas as people find them in a list, in the order of `AREAS`; each stands in one group. */
export const AREA_GROUPS: readonly { name: string; areas: readonly AreaId[] }[] = [
  {
    name: 'Data',
    areas: ['customer-data', 'product-analytics', 'experimentation', 'business-intelligence', 'databases', 'data-pipelines'],
  },
  { name: 'Machine learning', areas: ['ai-models', 'ai-development', 'search', 'web-data'] },
  {
    name: 'Selling and marketing',
    areas: ['crm', 'sales', 'marketing-automation', 'loyalty', 'advertising', 'social-media', 'seo'],
  },
  { name: 'Talking to customers', areas: ['customer-support', 'surveys', 'communications', 'meetings'] },
  { name: 'Working together', areas: ['collaboration', 'knowledge', 'design'] },
  { name: 'Web and commerce', areas: ['content-management', 'web-frameworks', 'localization', 'e-commerce', 'payments'] },
  {
    name: 'Back office',
    areas: ['accounting', 'erp', 'banking', 'insurance', 'hr', 'recruiting', 'legal', 'compliance', 'logistics'],
  },
  {
    name: 'Building and running software',
    areas: [
      'identity',
      'security',
      'observability',
      'incident-management',
      'developer-tools',
      'testing',
      'cloud-platform',
      'cloud-native',
      'networking',
      'apis',
      'integration',
      'cost-management',
      'storage',
      'devices',
    ],
  },
  {
    name: 'Branches',
    areas: [
      'health',
      'biotech',
      'education',
      'property',
      'hospitality',
      'industry',
      'climate',
      'food',
      'government',
      'games',
      'blockchain',
      'nonprofit',
    ],
  },
  {
    name: 'Services and audiences',
    areas: [
      'consulting',
      'managed-services',
      'resale',
      'software-services',
      'agency',
      'training',
      'media',
      'community',
      'advisory',
      'staffing',
    ],
  },
];
