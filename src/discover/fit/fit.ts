import { z } from 'zod';
import type { CompanyFacts, FactName, Origin } from '../../programme/companies/company.ts';
import { PartnerType } from '../../programme/setup/programme.ts';
import { AREA_IDS } from './areas.ts';
import type { Finding } from './finding.ts';
import { RELATIONS } from './relation.ts';

/** What a person says we sell and look for, where it was understood wrongly; what is absent stays as it was read. */
export const Correction = z.object({ areas: z.array(z.enum(AREA_IDS)).optional(), relation: z.enum(RELATIONS).optional() });
export type Correction = z.infer<typeof Correction>;

/** The side that looks for partners: all a fit score may know of it. */
export const FitProfile = z.object({
  name: z.string(),
  sells: z.string(),
  customers: z.string(),
  geography: z.string(),
  partnerTypesWanted: z.array(PartnerType).min(1),
  /** Registrable domains (or exact names) that must never be suggested. */
  competitors: z.array(z.string()).default([]),
  /** Those of the competitors that the team keeps out, whatever set-up says. */
  keptOut: z.array(z.string()).optional(),
  existing: z.array(z.string()).default([]),
  leaveOut: z.array(z.string()).default([]),
  /** People; whoever has more is held back. Without it, `LARGEST`. */
  largest: z.number().optional(),
  /** Companies and domains under silence: hashes only, salted with the workspace's id. */
  suppressed: z.object({ workspaceId: z.string(), hashes: z.array(z.string()) }).optional(),
  corrected: Correction.optional(),
});
export type FitProfile = z.infer<typeof FitProfile>;

/** What scoring reads of a company: plain data, from the database or from a file. */
export type Candidate = CompanyFacts & {
  id: string;
  domain: string | null;
  origin: Origin;
  origins: Partial<Record<FactName, Origin>>;
};

/** One stored fact a point rests on; `of`: the name of the company it is a fact of, where that is another one. */
export type Evidence = { of?: string; field: string; value: string; source: string; at: Date };

/** One criterion's share of the score: `points` of `max`, what was found, and the evidence it opens to. Those of likeness (`LIKE`) are points
 *  of the score itself, beside the share that the others make. `asOf`: when the newest of it was
 *  read, where that is stale. */
export type Reason = { criterion: string; points: number; max: number; finding: Finding; asOf: Date | null; evidence: Evidence[] };

/** `score` 0–100 over what is known, `known` 0–1 the share of the weight that could be judged, of which stale
 *  evidence makes only half count. */
export type Fit = { type: PartnerType; score: number; known: number; reasons: Reason[] };
