import { z } from 'zod';
import { UserError } from './lib/errors.ts';
import { isTimeZone } from './lib/time.ts';
import { addressOf } from './normalize/parties.ts';

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof DAYS)[number];

const text = (max = 200) => z.string().trim().min(1).max(max);
const agentId = text(320).transform(addressOf);

const Recipient = z.strictObject({
  name: text().optional(),
  /** One address. */
  address: z
    .string()
    .trim()
    .max(320)
    .regex(/^[^\s@<>,;"'\\()[\]:]+@[^\s@<>,;"'\\()[\]:]+\.[^\s@<>,;"'\\()[\]:]+$/, 'is not one mail address'),
  /** Whose calls the digest counts. */
  scope: z
    .union([z.literal('all'), z.strictObject({ team: text() }), z.strictObject({ agent: agentId })], {
      error: 'is not a scope: write "all", {"team": "…"} or {"agent": "…"}',
    })
    .default('all'),
  /** Whether this person can sign in: only members' digests carry links. */
  member: z.boolean().default(true),
});

const Digest = z.strictObject({
  enabled: z.boolean().default(true),
  /** Local time from which the digest of the day before may go out. */
  time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is not a time of day: write it as 07:00')
    .default('07:00'),
  /** Days that get a digest about them. */
  days: z
    .array(z.enum(DAYS))
    .min(1)
    .default([...DAYS]),
  /** What goes out for a day without calls. */
  quietDay: z.enum(['skip', 'note']).default('note'),
  recipients: z.array(Recipient).max(500).default([]),
});

/** `report-config.json`: what a tenant may write. Every key is optional. */
export const TenantConfigSpec = z.strictObject({
  /** Name of the organization, shown on every page. */
  name: text().optional(),
  /** IANA time zone in which days begin and end. */
  timeZone: z.string().refine(isTimeZone, 'is not a time zone: write it as Europe/London').optional(),
  /** BCP 47, for dates and numbers. */
  locale: z.string().refine(isLocale, 'is not a locale: write it as en-GB').default('en-GB'),
  weekStart: z.enum(DAYS).default('monday'),
  /** Domains in which agents' addresses lie. */
  agentDomains: z.array(text().transform((value) => value.toLowerCase().replace(/^[@.]/, ''))).default([]),
  agents: z.record(agentId, z.strictObject({ name: text().optional(), team: text().optional() })).default({}),
  /** A call passes from this score on, 0..100. */
  passMark: z.number().min(0).max(100).optional(),
  criticalRules: z.array(text()).default([]),
  /** Fewest evaluated calls for a ranking. */
  minimumN: z.int().min(1).default(5),
  /** Calls shorter than this count in no score figure. */
  shortestCallSeconds: z.number().min(0).default(0),
  /** Wide CSV: our name → the column's name. */
  columns: z.record(text(), text()).default({}),
  /** Extended metadata: label → path below `raw.metadata`. */
  metadata: z.record(text(), text()).default({}),
  brand: z
    .strictObject({
      name: text().optional(),
      /** Name of an image beside this file. */
      logo: z
        .string()
        .regex(
          /^[A-Za-z0-9][A-Za-z0-9_-]*\.(png|svg|webp|jpg)$/,
          'is not the name of a png, svg, webp or jpg file beside this one',
        )
        .optional(),
      accent: z
        .string()
        .regex(/^#[0-9a-fA-F]{6}$/, 'is not a colour: write it as #2B45B8')
        .optional(),
    })
    .prefault({}),
  /** Mask outside parties before anything is written. */
  masking: z.boolean().default(false),
  digest: Digest.optional(),
});

/** What the program relies on. */
export type TenantConfig = z.output<typeof TenantConfigSpec> & {
  /** False: the tenant has no report-config.json and these are defaults. */
  configured: boolean;
  passMark: number;
  passMarkFrom: 'report-config' | 'qa-config' | 'default';
  timeZone: string;
  timeZoneStated: boolean;
};
export type DigestRecipient = z.output<typeof Recipient>;

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
 * @throws {UserError} with every problem at once, each naming its path
 */
export function tenantConfig(report: unknown, qa: unknown, hasMaskingKey: boolean): TenantConfig {
  const parsed = TenantConfigSpec.safeParse(report ?? {});
  const problems = parsed.success ? [] : parsed.error.issues.map((issue) => problemOf(issue, report));
  const fromQa = qaPassMark(qa);
  if (typeof fromQa === 'string') problems.push(fromQa);
  if (parsed.data?.masking && !hasMaskingKey)
    problems.push(
      'report-config.json: "masking" is true, but CCI_MASKING_KEY is not set. Set the key, or turn masking off.',
    );
  if (!parsed.success || problems.length > 0) throw new UserError(problems);
  const own = parsed.data;
  const passMark = own.passMark ?? (fromQa as number | undefined);
  return {
    ...own,
    configured: report !== undefined,
    passMark: passMark ?? DEFAULT_PASS_MARK,
    passMarkFrom: own.passMark !== undefined ? 'report-config' : fromQa !== undefined ? 'qa-config' : 'default',
    timeZone: own.timeZone ?? 'UTC',
    timeZoneStated: own.timeZone !== undefined,
  };
}

/** `scoring.pass_threshold` × 100, or a sentence that says what is wrong with it. */
function qaPassMark(qa: unknown): number | string | undefined {
  const scoring = (qa as { scoring?: { pass_threshold?: unknown } | null } | null | undefined)?.scoring;
  const threshold = scoring?.pass_threshold;
  if (threshold === undefined || threshold === null) return undefined;
  if (typeof threshold !== 'number' || !(threshold >= 0 && threshold <= 1))
    return `qa-config.json: "scoring.pass_threshold" is ${JSON.stringify(threshold)}. Write a number from 0 to 1, such as 0.7.`;
  // 0.07 * 100 is 7.000000000000001 in binary; thresholds have few decimals.
  return Math.round(threshold * 1e8) / 1e6;
}

function problemOf(issue: z.core.$ZodIssue, spec: unknown): string {
  const path = issue.path.join('.');
  const at = path === '' ? 'report-config.json' : `report-config.json: "${path}"`;
  if (issue.code === 'unrecognized_keys')
    return `${at} has ${issue.keys.map((key) => JSON.stringify(key)).join(', ')}, which this version does not know. Remove or correct the name.`;
  const value = issue.path.reduce<unknown>(
    (inner, key) => (inner as { [key: PropertyKey]: unknown } | undefined)?.[key],
    spec,
  );
  if (value === undefined) return `${at} is missing. Write ${kindOf(issue)}.`;
  const shown = JSON.stringify(value).slice(0, 80);
  return `${at}: ${shown} ${issue.message.startsWith('is not') ? issue.message : `is not right: write ${kindOf(issue)}`}.`;
}

const KINDS: { [expected: string]: string } = {
  string: 'text in quotes',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

/** What should have stood there, in words. */
function kindOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return KINDS[issue.expected] ?? issue.expected;
  if (issue.code === 'too_big')
    return `${issue.origin === 'string' ? 'a text of' : 'a value of'} at most ${issue.maximum}`;
  if (issue.code === 'too_small')
    return `${issue.origin === 'string' ? 'a text of' : 'a value of'} at least ${issue.minimum}`;
  if (issue.code === 'invalid_value') return `one of ${issue.values.map((each) => JSON.stringify(each)).join(', ')}`;
  return issue.message.toLowerCase();
}

function isLocale(value: string): boolean {
  try {
    return Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
}
