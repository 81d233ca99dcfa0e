import { UserError } from '../lib/errors.ts';
import { type Printable, quoted, say } from '../lib/printable.ts';
import { columns } from '../lib/words.ts';
import { numberOf, type Pointer } from '../publish/manifest.ts';
import { findSites } from '../publish/sites.ts';
import { need, type Settings } from '../settings.ts';
import { type Answer, open } from './command.ts';

const HEAD = ['organization', 'build', 'published', 'calls', ''];

/** One build that can be read, as `--json` prints it. */
interface Listed {
  build: number;
  /** Absent, as the calls, where an older version kept it. */
  publishedAt?: string;
  calls?: number;
  current: boolean;
  /** Whether rollback can bring it back. */
  whole: boolean;
}

/** `builds`: the current build of each site and those that are kept, newest first. */
export async function builds(settings: Settings): Promise<Answer> {
  const { reports } = need(settings, 'reports');
  const sites = await findSites(await open(reports));
  const unknown = (settings.org ?? []).filter((org) => !sites.some((site) => site.org === org));
  if (unknown.length > 0)
    throw new UserError(
      unknown.map(
        (org) => say`--org: ${quoted(org)} has no published site in ${reports}. Check the spelling, or build it first.`,
      ),
    );
  if (sites.length === 0)
    throw new UserError([say`${reports} has no published site. Check --reports (CCI_REPORTS_URL), or build first.`]);
  const wanted = sites.filter(({ org }) => settings.org === undefined || settings.org.includes(org));
  const organizations = wanted.map(({ org, pointer }) => ({ org, builds: pointer ? listed(pointer) : [] }));
  return {
    json: { organizations },
    text: [
      ...columns([HEAD, ...organizations.flatMap(({ org, builds: all }) => all.map((each) => row(org, each)))]),
      ...wanted.flatMap(remarks),
    ],
    failed: wanted.some(({ pointer }) => pointer === undefined),
  };
}

function listed(pointer: Pointer): Listed[] {
  const all = [pointer, ...pointer.kept].map((build): Listed => {
    const { publishedAt, calls, state } = build;
    const known = { ...(publishedAt !== undefined && { publishedAt }), ...(calls !== undefined && { calls }) };
    return { build: numberOf(build), ...known, current: build === pointer, whole: state !== undefined };
  });
  return all.sort((a, b) => b.build - a.build);
}

const row = (org: string, { build, publishedAt, calls, current, whole }: Listed): string[] => [
  org,
  String(build),
  publishedAt === undefined ? '–' : `${publishedAt.slice(0, 16)}Z`,
  calls?.toString() ?? '–',
  current ? 'current' : whole ? '' : 'kept by an older version: it cannot be brought back',
];

const remarks = ({ org, pointer }: { org: string; pointer: Pointer | undefined }): Printable[] =>
  pointer
    ? []
    : [
        say`${org}: its pointer is lost or damaged, so nobody can read its site. Run build --org ${org}: it makes the site again from the input.`,
      ];
