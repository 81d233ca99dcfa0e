import { expect, it } from 'vitest';
import { plain, summaryOf } from './summary.ts';

const result = {
  listedAt: 'x',
  publishedAt: 'x',
  generation: 3,
  published: true,
  calls: 210,
  refused: 8,
  read: 12,
  deleted: 1,
  rendered: 40,
};

const shown = (printed: object): string => `${summaryOf(JSON.stringify(printed)).join('\n')}\n`;

it('tells what was built: read, refused, published and failed', () => {
  const organizations = [
    { org: 'org_a', result: { ...result, troubles: [{ kind: 'fields', n: 5, of: 9, column: 'grade' }] } },
    { org: 'org_b', result: { ...result, published: false, read: 0, deleted: 0, rendered: 0 } },
    { org: 'org_c', problems: ['report-config.json: "name": "|<img src=x>" is not right.', 'Line\n::error::two'] },
  ];
  expect(shown({ organizations })).toMatchInlineSnapshot(`
    "### Built: 1 published, 1 unchanged, 1 failed

    | organization | calls | read | gone | refused | files made | published |
    | --- | --- | --- | --- | --- | --- | --- |
    | org_a | 210 | 12 | 1 | 8 | 40 | build 3 |
    | org_b | 210 | 0 | 0 | 8 | 0 | unchanged |

    - org_c&#58; failed; its previous site stays. report-config.json&#58; "name"&#58; "&#124;&#60;img src&#61;x&#62;" is not right. Line &#92;u&#123;3a&#125;&#58;error&#92;u&#123;3a&#125;&#58;two

    - org_a&#58; "grade" could not be read in 5 of 9 calls.

    "
  `);
});

it('tells what was sent, without any recipient, and who failed before the first', () => {
  const digest = { org: 'org_a', kind: 'daily', date: '2026-03-30', recipient: 'f00', state: 'sent' };
  const digests = [digest, { ...digest, recipient: 'ba4' }, { ...digest, state: 'unknown', reason: 'timed out' }];
  expect(shown({ digests, said: ['org_b: no digest was sent: it has no site.'] })).toMatchInlineSnapshot(`
    "### Digests: 2 sent

    | organization | kind | day | state | recipients |
    | --- | --- | --- | --- | --- |
    | org_a | daily | 2026-03-30 | sent | 2 |
    | org_a | daily | 2026-03-30 | unknown | 1 |

    - org_b&#58; no digest was sent&#58; it has no site.

    "
  `);
});

it('tells that the run was not recorded', () => {
  expect(shown({ organizations: [], unrecorded: ['Cannot write s3://b/status.json.'] })).toContain(
    '### Not recorded in status.json\n\n- Cannot write s3&#58;//b/status.json.\n',
  );
});

it('tells what was planned', () => {
  const shard = [
    { name: '1', orgs: 'org_a' },
    { name: '2', orgs: 'org_b org_c' },
  ];
  expect(shown({ shard })).toMatchInlineSnapshot(`
    "### Planned: 3 organizations in 2 shards

    | shard | organizations | ids |
    | --- | --- | --- |
    | 1 | 1 | org_a |
    | 2 | 2 | org_b org_c |

    "
  `);
  const idle = shown({ shard: [], digest: false, unchanged: 2, dropped: ['"org_9" is left out.'] });
  expect(idle).toContain('### Planned: 0 organizations in 0 shards; 2 unchanged\n');
  expect(idle).toContain('- "org_9" is left out.\n');
});

it('says where a command ended with problems, or with nothing', () => {
  expect(shown({ problems: ['--config URL is missing.'] })).toContain('Nothing was done\n\n- --config URL is missing.');
  for (const text of ['', '{"organizations":[']) expect(summaryOf(text).join('\n')).toContain('No result');
});

it('shows hostile text as text', () => {
  expect(plain('a|b <script> [x](javascript:y) `c` ![i](u) \u0000\r\n# d \\| &lt;')).not.toMatch(/[|<>[\]`!\\\n\r\0:]/);
});
