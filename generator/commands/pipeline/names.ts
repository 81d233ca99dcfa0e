import { type Printable, say } from '../../lib/printable.ts';
import { counted } from '../../lib/words.ts';
import { DEFAULT_NAME } from '../../pipeline/aws/names.ts';
import type { TakenNames } from '../../pipeline/aws/taken.ts';
import type { Settings } from '../../settings.ts';
import type { OnAws } from './on-aws.ts';

/** Which names of the pipeline's stack are taken in AWS, for people and for `--json`. */
export interface NamesOnAws {
  json: object;
  /** At least one name could be looked at. */
  isSeen: boolean;
  text: Printable[];
}

/** Ask AWS which names are taken. Whatever it answers, nothing fails. */
export async function namesOnAws(settings: Settings, { place, buckets }: OnAws): Promise<NamesOnAws> {
  const name = settings.pipelineName ?? DEFAULT_NAME;
  const { takenNames } = await import('../../pipeline/aws/taken.ts');
  const found = await takenNames(name, place, buckets);
  const { buckets: seen, ...rest } = found;
  const json = {
    name,
    ...rest,
    buckets: [...seen].map(([bucket, each]) => ({
      name: bucket,
      ...(typeof each === 'string'
        ? { state: each }
        : { state: each.isOpen ? 'there' : 'closed', region: each.region }),
    })),
  };
  return {
    json,
    isSeen: found.open < found.all,
    text: [...namesLines(name, found), ...bucketLines(found), ...unseenLines(found)],
  };
}

const KINDS = {
  functions: 'functions',
  logs: 'log groups',
  queues: 'queues',
  rules: 'rules',
  roles: 'roles',
} as const satisfies { [kind in keyof TakenNames['taken']]: string };

/** @param name that begins them */
function namesLines(name: string, { region, taken, all, open, isOurs }: TakenNames): Printable[] {
  const where = region ?? 'no region';
  if (open === all) return [];
  const kinds = (Object.keys(KINDS) as (keyof typeof KINDS)[]).filter((kind) => taken[kind].length > 0);
  const unknown = open > 0 ? say` Of ${counted(open, 'name')} nobody could tell.` : say``;
  if (kinds.length === 0)
    return [say`AWS, ${where}: none of the ${all} names of a pipeline called ${name} is taken.${unknown}`];
  const count = kinds.reduce((sum, kind) => sum + taken[kind].length, 0);
  if (isOurs && count + open === all)
    return [
      say`AWS, ${where}: the pipeline ${name} of this program is there, and has all its names.${unknown} To deploy that stack again changes it; another one needs another name (--pipeline-name NAME tries one).`,
    ];
  const which = kinds.map((kind) => `${KINDS[kind]} ${taken[kind].join(', ')}`).join('; ');
  return [
    say`AWS, ${where}: ${count} of the ${all} names of a pipeline called ${name} are taken: ${which}.${unknown} A stack with these names would be refused: give it another name (--pipeline-name NAME tries one), or delete what nobody uses.`,
  ];
}

/** Buckets by what is to be done with them. */
function bucketLines({ region, buckets, isOurs }: TakenNames): Printable[] {
  const named = (isWanted: (each: NonNullable<ReturnType<typeof buckets.get>>) => boolean): string[] =>
    [...buckets].filter(([, each]) => isWanted(each)).map(([bucket]) => bucket);
  const open = named((each) => typeof each === 'object' && each.isOpen);
  const closed = named((each) => typeof each === 'object' && !each.isOpen);
  const free = named((each) => each === 'none');
  const far = [...buckets].flatMap(([bucket, each]) =>
    typeof each === 'object' && each.region !== undefined && region !== undefined && each.region !== region
      ? [`${bucket} (${each.region})`]
      : [],
  );
  const are = (names: readonly string[]): string => (names.length === 1 ? 'is' : 'are');
  return [
    // With a pipeline there is nothing left to choose.
    ...(open.length > 0 && !isOurs
      ? [say`AWS: of the buckets, ${open} ${are(open)} there; scripts/aws/pipeline/template.json takes them by name.`]
      : []),
    ...(closed.length > 0
      ? [
          say`AWS: of the buckets, ${closed} ${are(closed)} there and cannot be listed: another account has the name, or the right s3:ListBucket is missing.`,
        ]
      : []),
    ...(free.length > 0
      ? [
          say`AWS: of the buckets, ${free} ${are(free)} not there; scripts/aws/pipeline/template-with-buckets.json makes all three.`,
        ]
      : []),
    ...(far.length > 0
      ? [
          say`AWS: ${far} ${far.length === 1 ? 'lies' : 'lie'} in another region than ${region ?? ''}, and events reach rules of their own region alone.`,
        ]
      : []),
  ];
}

const unseenLines = ({ unseen: { rights, failures } }: TakenNames): Printable[] => [
  ...failures.map((sentence) => say`AWS: ${sentence}`),
  ...(rights.length > 0
    ? [
        say`AWS: some names could not be looked at: these credentials may not ${rights}. Allow that to see them; scripts/aws/pipeline/rights/doctor.json has all that is asked.`,
      ]
    : []),
];
