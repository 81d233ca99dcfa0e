import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Direction } from '../model.ts';
import { type CallFilter, callsHref, filterQuery, type QaResult, readFilter } from './filter.ts';
import { type FilterableCall, matches } from './match.ts';

const call = (over: Partial<FilterableCall> = {}): FilterableCall => ({
  day: '2026-03-10',
  agent: 'ann@agents.example',
  team: 'South',
  direction: 'inbound',
  durationSeconds: 60,
  label: 'positive',
  sentiment: 0.5,
  qa: 'passed',
  score: 80,
  grade: 'B',
  failed: ['says goodbye'],
  passed: ['identity verified'],
  criticalFailed: false,
  ...over,
});

describe('a filter', () => {
  it.each<[CallFilter, Partial<FilterableCall>, boolean]>([
    [{}, {}, true],
    [{ from: '2026-03-10', to: '2026-03-10' }, {}, true],
    [{ from: '2026-03-11' }, {}, false],
    [{ to: '2026-03-09' }, {}, false],
    [{ from: '2026-03-01' }, { day: null }, false],
    [{ undated: true }, { day: null }, true],
    [{ undated: true }, {}, false],
    [{ hour: ['9'] }, { hour: 9 }, true],
    [{ hour: ['0'] }, { hour: undefined }, false],
    [{ weekday: ['2'] }, {}, true],
    [{ weekday: ['2'] }, { day: null }, false],
    [{ weekday: ['0', '1'] }, {}, false],
    [{ agent: [''] }, { agent: '' }, true],
    [{ agent: [''] }, {}, false],
    [{ team: ['North', 'South'] }, {}, true],
    [{ team: ['North'] }, { team: undefined }, false],
    [{ sentiment: ['none'] }, { label: undefined }, true],
    [{ sentiment: ['positive'] }, { qa: 'too-short' }, false],
    [{ qa: ['failed'] }, {}, false],
    [{ qa: ['too-short'] }, { qa: 'too-short' }, true],
    [{ rule: ['says goodbye'] }, {}, true],
    [{ rule: ['identity verified'] }, {}, false],
    [{ rule: ['identity verified'], result: 'passed' }, {}, true],
    [{ rule: ['identity verified'], result: 'evaluated' }, {}, true],
    [{ rule: ['says goodbye'] }, { qa: 'too-short' }, false],
    [{ critical: true }, {}, false],
    [{ critical: true }, { criticalFailed: true }, true],
    [{ with: ['duration'] }, { durationSeconds: undefined }, false],
    [{ with: ['score'] }, { qa: 'too-short' }, false],
    [{ score: { most: 80 } }, {}, true],
    [{ score: { most: 79.9 } }, {}, false],
    [{ score: { least: 0 } }, { score: undefined }, false],
    [{ seconds: { least: 60, most: 60 } }, {}, true],
    [{ grade: ['B'] }, { qa: 'too-short' }, false],
  ])('%j of a call with %j: %s', (filter, over, wanted) => {
    expect(matches(filter, call(over))).toBe(wanted);
  });

  it('comes back whole from its query', () => {
    const text = fc.string({ unit: 'binary' }).filter((value) => value !== '' && value.isWellFormed());
    const list = fc.array(text, { minLength: 1, maxLength: 3 });
    const filters = fc.record(
      {
        from: fc.constant('2026-03-01'),
        to: fc.constant('2026-03-31'),
        undated: fc.constant(true as const),
        agent: list,
        team: list,
        rule: list,
        text,
        direction: fc.constant<Direction[]>(['inbound', 'unknown']),
        qa: fc.constant<QaResult[]>(['failed']),
        result: fc.constantFrom('failed' as const, 'evaluated' as const),
        score: fc.record({ least: fc.nat(100), most: fc.nat(100) }),
        seconds: fc.record({ most: fc.nat(9999) }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(filters, (filter) => {
        expect(readFilter(filterQuery(filter))).toEqual({ filter, ignored: [] });
      }),
    );
  });

  it('says what it did not understand, and leaves keys alone that are not its own', () => {
    expect(readFilter('?from=yesterday&qa=maybe&qa=failed&score=a-b&undated=2&o=1234abcd')).toEqual({
      filter: { qa: ['failed'] },
      ignored: ['from=yesterday', 'qa=maybe', 'score=a-b', 'undated=2'],
    });
  });

  it('is the whole list where nothing is asked for', () => {
    expect(callsHref({})).toBe('/calls/');
    expect(callsHref({ agent: [''], qa: ['failed'] })).toBe('/calls/?agent=&qa=failed');
  });
});
