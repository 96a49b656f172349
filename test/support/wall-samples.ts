import type { Digest } from '../../src/discover/digest/digest.ts';
import type { Website } from '../../src/discover/website/website-repository.ts';
import { AT, HOME } from './builders.ts';

/** What belongs to a workspace and another must not reach; for `workspace-walls.test.ts`. */
export const digest: Digest = {
  id: 'digest-1',
  workspaceId: HOME,
  number: 1,
  day: '2026-11-23',
  round: 0,
  requestedBy: 'system',
  candidates: 1,
  items: [],
  createdAt: AT,
  postedAt: null,
};

export const website: Website = {
  domain: 'peatworks.example',
  readAt: AT,
  problem: null,
  home: 'https://peatworks.example/',
  name: 'Peatworks',
  oneLiner: '',
  description: '',
  integrations: [],
  integrationsAt: '',
  partnerPage: '',
};
