import { z } from 'zod';

/** One Slack workspace (or one Enterprise organisation, for an org-wide install) that uses the product. */
export const Workspace = z.object({
  /** Team id, or the enterprise id for an org-wide install. */
  id: z.string(),
  /** Enterprise the team belongs to, if any; a person may be named by it instead of by the team. */
  enterpriseId: z.string().nullable(),
  name: z.string(),
  botToken: z.string(),
  botUserId: z.string(),
  botId: z.string().nullable(),
  installedBy: z.string().nullable(),
  installedAt: z.date(),
});
export type Workspace = z.infer<typeof Workspace>;

/** Where the command line keeps companies imported before any workspace is connected. */
export const UNCONNECTED = 'unconnected';
