import { z } from 'zod';
import { isLocale } from '#shared/format/locale.ts';
import { UserError } from '../lib/errors.ts';
import { LIMITS } from '../lib/limits.ts';
import { type Printable, say, shownJson } from '../lib/printable.ts';
import { zoneProblem } from '../lib/time-zones.ts';
import type { MissedTarget } from './alerts.ts';
import { WIDE_COLUMNS, type WideName } from './column-names.ts';
import { problemOf } from './config-problems.ts';
import { Digest, unusedKind } from './digest-config.ts';
import { Phrases } from './phrases.ts';
import { agent, atMost, custom, DAYS, text } from './spec-parts.ts';
import { Targets } from './targets.ts';
import { namesParty, Views } from './view-config.ts';

/** How a tenant that masks outside parties says that their recordings may be heard all the same. */
const MASKED_PLAYBACK = 'even though masked';

/** `report-config.json`: what a tenant may write. Every key is optional; editors show the descriptions. */
export const TenantConfigSpec = z
  .strictObject({
    $schema: z.string().optional().describe('Location of this file’s JSON Schema, for editors only.'),
    name: text().optional().describe('Name of the organization, shown on every page. Default: its id.'),
    timeZone: z
      .string()
      .superRefine(custom(zoneProblem))
      .optional()
      .describe('IANA time zone in which days begin and end, such as Europe/London. Default: UTC.'),
    locale: z
      .string()
      .refine(isLocale, 'is not a locale: write it as en-GB')
      .default('en-GB')
      .describe('BCP 47 locale for dates and numbers, such as en-GB.'),
    language: z
      .string()
      .regex(/^[a-z]{2,3}$/, 'is not a language: write it as en')
      .default('en')
      .describe(
        'ISO 639 code of the language that is spoken in the calls, such as de: a search finds its words in all their forms.',
      ),
    weekStart: z.enum(DAYS).default('monday').describe('First day of the week.'),
    agentDomains: z
      .array(text().transform((value) => value.toLowerCase().replace(/^[@.]/, '')))
      .max(LIMITS.configured)
      .default([])
      .describe('Domains of the agents’ addresses: a call’s direction and agent are derived from them.'),
    agents: z
      .record(
        agent,
        z.strictObject({
          name: text().optional().describe('Name to show instead of the id.'),
          team: text().optional().describe('Team that a digest’s scope can name.'),
        }),
      )
      .refine(...atMost(LIMITS.agents))
      .default({})
      .describe('Agents by id, as the calls have it.'),
    passMark: z
      .number()
      .min(0)
      .max(100)
      .optional()
      .describe('A call with this score or more passes, 0 to 100. Default: as qa-config.json says, otherwise 70.'),
    criticalRules: z
      .array(text())
      .max(LIMITS.configured)
      .default([])
      .describe('Names of rules whose failures are shown and ranked first.'),
    customerRules: z
      .array(text())
      .max(LIMITS.configured)
      .default([])
      .describe('Names of rules about what the customer says: their quotes are not used to find the agent’s voice.'),
    minimumN: z.int().min(1).default(5).describe('Fewest calls for a ranking, a share in a sentence, or a change.'),
    shortestCallSeconds: z
      .number()
      .min(0)
      .default(0)
      .describe('Calls shorter than this, in seconds, are not counted in any score figure.'),
    targets: Targets.optional().describe(
      'What the organization wants to reach: pages and mail say what is met and what is missed. Default: none.',
    ),
    columns: z
      .strictObject(
        Object.fromEntries(
          Object.keys(WIDE_COLUMNS).map((name) => [name, text().optional().describe(`Column that holds ${name}.`)]),
        ) as { [name in WideName]: z.ZodOptional<z.ZodString> },
      )
      .default({})
      .describe('Wide CSV: our name → the column’s name, where they differ.'),
    metadata: z
      .record(text(), text())
      .refine(...atMost(LIMITS.configured))
      .default({})
      .describe('Extended metadata: label to show → path below raw.metadata; for a wide CSV, the column.'),
    brand: z
      .strictObject({
        name: text().optional().describe('Name on the pages, instead of the organization’s.'),
        logo: z
          .string()
          .regex(
            /^[A-Za-z0-9][A-Za-z0-9_-]*\.(png|svg|webp|jpg)$/,
            'is not the name of a png, svg, webp or jpg file beside this one',
          )
          .optional()
          .describe('Name of a png, svg, webp or jpg image beside this file, of at most 256 KB.'),
        accent: z
          .string()
          .regex(/^#[0-9a-fA-F]{6}$/, 'is not a colour: write it as #2B45B8')
          .optional()
          .describe('Colour of links and marks, such as #2B45B8.'),
      })
      .prefault({})
      .describe('How the site looks.'),
    phrases: Phrases.default([]).describe('Phrases whose calls are counted, by what the transcripts say.'),
    views: Views.default([]).describe('Saved views: lists and periods that readers find by a name.'),
    masking: z
      .boolean()
      .default(false)
      .describe('Mask outside parties before anything is written. Needs CCI_MASKING_KEY.'),
    playback: z
      .union([z.boolean(), z.literal(MASKED_PLAYBACK)], {
        error: `true, false, or "${MASKED_PLAYBACK}"`,
      })
      .default(false)
      .describe(
        `Let readers of a call hear its recording. Where masking is on, a spoken number cannot be masked: then "${MASKED_PLAYBACK}" has to be written instead of true.`,
      ),
    digest: Digest.optional().describe('The e-mail digests: daily, weekly, monthly. Default: none.'),
  })
  .meta({
    title: 'report-config.json of CCI Lite Reports',
    description: 'An organization’s report settings. Every key is optional.',
  });

/** What the program relies on. */
export type TenantConfig = Omit<z.output<typeof TenantConfigSpec>, '$schema'> & {
  /** False: the tenant has no report-config.json and these are defaults. */
  configured: boolean;
  passMark: number;
  passMarkFrom: 'report-config' | 'qa-config' | 'default';
  timeZone: string;
  timeZoneStated: boolean;
  /** Keys of the insights that `ai-config.json` asks for, sorted: columns of a wide CSV that are insights. */
  insightKeys: string[];
};

/** Whether anybody gets a digest at all. */
export const hasDigest = ({ digest }: TenantConfig): boolean =>
  digest?.enabled === true && digest.recipients.length > 0;

/** Seventy of a hundred: the contract's default. */
const DEFAULT_PASS_MARK = 70;

/**
 * From what a tenant wrote to what the program relies on.
 * @param report parsed `report-config.json`, undefined where there is none
 * @param qa parsed `qa-config.json`, undefined where there is none
 * @param hasMaskingKey whether CCI_MASKING_KEY is set
 * @param ai parsed `ai-config.json`, undefined where there is none
 * @throws {UserError} with every problem at once, each naming its path
 */
export function tenantConfig(report: unknown, qa: unknown, hasMaskingKey: boolean, ai?: unknown): TenantConfig {
  const parsed = TenantConfigSpec.safeParse(report ?? {});
  const problems = parsed.success ? [] : parsed.error.issues.map((issue) => problemOf(issue, report, TenantConfigSpec));
  const fromQa = qaPassMark(qa);
  if (typeof fromQa === 'string') problems.push(fromQa);
  if (parsed.data?.masking && !hasMaskingKey)
    problems.push(
      say`report-config.json: "masking" is true, but CCI_MASKING_KEY is not set. Set the key, or turn masking off.`,
    );
  if (parsed.data?.masking && parsed.data.playback === true)
    problems.push(
      say`report-config.json: "playback" is true, but "masking" is true, and what is spoken cannot be masked. Write "playback": "${MASKED_PLAYBACK}", or remove it.`,
    );
  const withParty = parsed.data?.masking ? parsed.data.views.findIndex(namesParty) : -1;
  if (withParty !== -1)
    problems.push(
      say`report-config.json: "views.${withParty}.href" names another party, but "masking" is true, and no number of a party is published. Remove "party" from it.`,
    );
  const unused = unusedKind(parsed.data?.digest, report);
  if (unused !== undefined)
    problems.push(
      say`report-config.json: "digest.${unused}" is set, but no recipient gets that digest. Add "kinds": ["daily", "${unused}"] to a recipient, or remove it.`,
    );
  const aimless = aimlessTarget(parsed.data);
  if (aimless !== undefined)
    problems.push(
      say`report-config.json: "digest.alerts" has "targetMissed", but "targets.${aimless}" is not set. Set it, or remove the alert.`,
    );
  const insightKeys = insightKeysOf(ai);
  if (insightKeys.length > LIMITS.fields)
    problems.push(
      say`ai-config.json: "json_output_schema" has ${insightKeys.length} keys. Write at most ${LIMITS.fields}, as no call is read with more.`,
    );
  if (!parsed.success || problems.length > 0) throw new UserError(problems);
  const { $schema: _forEditors, ...own } = parsed.data;
  const passMark = own.passMark ?? (fromQa as number | undefined);
  return {
    ...own,
    configured: report !== undefined,
    passMark: passMark ?? DEFAULT_PASS_MARK,
    passMarkFrom: own.passMark !== undefined ? 'report-config' : fromQa !== undefined ? 'qa-config' : 'default',
    timeZone: own.timeZone ?? 'UTC',
    timeZoneStated: own.timeZone !== undefined,
    insightKeys,
  };
}

/** A target of which an alert is to tell when it was missed, and which nobody has set. */
function aimlessTarget(spec: z.output<typeof TenantConfigSpec> | undefined): MissedTarget['of'] | undefined {
  const wanted = (spec?.digest?.alerts ?? []).flatMap(({ targetMissed }) => targetMissed?.of ?? []);
  return wanted.find((of) => spec?.targets?.[of] === undefined);
}

/** `scoring.pass_threshold` × 100, or a sentence that says what is wrong with it. */
function qaPassMark(qa: unknown): number | Printable | undefined {
  const scoring = (qa as { scoring?: { pass_threshold?: unknown } | null } | null | undefined)?.scoring;
  const threshold = scoring?.pass_threshold;
  if (threshold === undefined || threshold === null) return undefined;
  if (typeof threshold !== 'number' || !(threshold >= 0 && threshold <= 1))
    return say`qa-config.json: "scoring.pass_threshold" is ${shownJson(threshold)}. Write a number from 0 to 1, such as 0.7.`;
  // 0.07 * 100 is 7.000000000000001 in binary; thresholds have few decimals.
  return Math.round(threshold * 1e8) / 1e6;
}

/** Keys of `json_output_schema`: an example of what the model is to give, or a JSON Schema with `properties`. */
function insightKeysOf(ai: unknown): string[] {
  const schema = (ai as { json_output_schema?: unknown } | null | undefined)?.json_output_schema;
  if (schema === null || typeof schema !== 'object' || Array.isArray(schema)) return [];
  const { properties } = schema as { properties?: unknown };
  const isSchema = properties !== null && typeof properties === 'object' && !Array.isArray(properties);
  return Object.keys(isSchema ? properties : schema).sort();
}
