import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseOrganizations, planShards, readChanged } from './shards.ts';

describe('planShards', () => {
  it('gives the largest first, each to the lightest shard; an unknown size counts as the average', () => {
    const sizes = new Map([
      ['huge', 900],
      ['b', 300],
      ['c', 300],
      ['d', 100],
    ]);
    expect(planShards(['b', 'c', 'd', 'huge', 'new'], sizes, 3)).toEqual([
      { name: '1', orgs: ['huge'] },
      { name: '2', orgs: ['d', 'new'] },
      { name: '3', orgs: ['b', 'c'] },
    ]);
  });

  it('has no shard without an organization', () => {
    expect(planShards([], new Map(), 4)).toEqual([]);
    expect(planShards(['a', 'b'], new Map(), 256)).toHaveLength(2);
  });

  it('puts each organization into one shard, and none is heavier than the mean and its largest one together', () => {
    const world = fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), fc.option(fc.nat(100_000), { nil: undefined }));
    fc.assert(
      fc.property(world, fc.integer({ min: 1, max: 12 }), (tenants, count) => {
        const orgs = Object.keys(tenants);
        const sizes = new Map(
          Object.entries(tenants).flatMap(([org, size]) => (size === undefined ? [] : [[org, size]])),
        );
        const shards = planShards(orgs, sizes, count);
        expect(shards.flatMap((shard) => shard.orgs).sort()).toEqual([...orgs].sort());
        expect(shards.every((shard) => shard.orgs.length > 0)).toBe(true);
        expect(planShards([...orgs].reverse(), sizes, count)).toEqual(shards);
        if (sizes.size < orgs.length || orgs.length === 0) return;
        const weight = (of: string[]) => of.reduce((sum, org) => sum + (sizes.get(org) ?? 0) + 1, 0);
        const limit = weight(orgs) / shards.length + Math.max(...orgs.map((org) => weight([org])));
        for (const shard of shards) expect(weight(shard.orgs)).toBeLessThanOrEqual(limit);
      }),
    );
  });
});

describe('readChanged', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    [' null\n', undefined],
    ['[]', []],
    ['["a", "b c"]', ['a', 'b c']],
    ['"a b"', ['a', 'b']],
    ['a, b\nc', ['a', 'b', 'c']],
    ['["a", 5, {"b": ["c"]}]', ['a', '5', '{"b":["c"]}']],
    ['{"a": 1}', ['{"a":1}']],
    ['$(touch x)', ['$(touch', 'x)']],
  ])('reads %j as %j', (text, named) => {
    expect(readChanged(text)).toEqual(named);
  });
});

describe('chooseOrganizations', () => {
  it('keeps those there are, and names the others so that a log takes no command from them', () => {
    const hostile = [
      'org_a',
      'org_a',
      '../org_b',
      'org_B',
      '',
      '-f',
      'ASSETS',
      '::error::x\n##[warning]y',
      '\u202ex',
      `${'z'.repeat(90)}`,
    ];
    const { orgs, dropped } = chooseOrganizations(hostile, ['org_a', 'org_b']);
    expect(orgs).toEqual(['org_a']);
    expect(dropped.map((sentence) => sentence.replace(/ is not .*| has neither .*/, ''))).toEqual([
      '"../org_b"',
      '"org_B"',
      '""',
      '"-f"',
      '"ASSETS"',
      '"\\u{3a}\\u{3a}error\\u{3a}\\u{3a}x\\u{a}\\u{23}\\u{23}\\u{5b}warning\\u{5d}y"',
      '"\\u{202e}x"',
      `"${'z'.repeat(80)}…"`,
    ]);
  });

  it('reads at most 1,000 names', () => {
    const { orgs, dropped } = chooseOrganizations([...Array(1000).fill('x'), 'org_a', 'y'], ['org_a']);
    expect(orgs).toEqual([]);
    expect(dropped.at(-1)).toBe('2 more are left out: at most 1000 can be named.');
  });

  it('lets nothing out that is not among those found', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (named) => {
        const { orgs, dropped } = chooseOrganizations(named, ['org_a']);
        expect(orgs.every((org) => org === 'org_a')).toBe(true);
        for (const sentence of dropped) expect(sentence).toMatch(/^"[A-Za-z0-9 _.,/@+\\{}…-]*" (is no|has neither)/);
      }),
    );
  });
});
