import { describe, expect, it } from 'vitest';
import { localDay } from '#shared/calendar/local-time.ts';
import { endOfDay } from './time.ts';
import { isTimeZone, zoneProblem, zonesMeant } from './time-zones.ts';

const REFUSED =
  'ACT AET AGT ART AST BET BST CAT CNT CST CTT EAT ECT IET IST JST MIT NET NST PLT PNT PRT PST SST VST bst CEST EDT'.split(
    ' ',
  );

describe('a time zone', () => {
  it.each(REFUSED)('is not %s, and the zones that may be meant are named', (name) => {
    const meant = zonesMeant(name);
    expect(meant.length).toBeGreaterThan(0);
    expect(meant.filter((zone) => !isTimeZone(zone))).toEqual([]);
    for (const zone of meant) expect(zoneProblem(name)).toContain(zone);
  });

  it.each(['BST', 'IST', 'CST', 'AST', 'PST', 'SST', 'ECT'])('of several, as %s, is never guessed at', (name) => {
    expect(zonesMeant(name).length).toBeGreaterThan(1);
  });

  it.each([
    ['Europe/Lond', 'Europe/London'],
    ['Europe/Lodnon', 'Europe/London'],
    ['Berlin', 'Europe/Berlin'],
    ['New York', 'America/New_York'],
    ['Amerika/New_York', 'America/New_York'],
    ['London ', 'Europe/London'],
    ['Eastern Time', 'America/New_York'],
    ['pacific standard time', 'America/Los_Angeles'],
    ['UTC+2', '+02:00'],
    ['GMT-5:30', '-05:30'],
  ])('is not %j, which may mean %s', (text, zone) => {
    expect(isTimeZone(text)).toBe(false);
    expect(zonesMeant(text)).toContain(zone);
  });

  it.each(['', 'Mars/Olympus', 'W. Europe Standard Time', 'constructor', '2020-01-01T00:00Z[Europe/London]', 'UTC+99'])(
    'is not %j, for which none is known',
    (text) => expect(zoneProblem(text)).toBe('is not a time zone: write it as Europe/London'),
  );

  it('that is one can be used wherever days are told', () => {
    const zones = [
      ...Intl.supportedValuesOf('timeZone'),
      'UTC',
      'EST',
      'CET',
      'Europe/Kyiv',
      'Asia/Calcutta',
      '+02:00',
    ];
    for (const zone of zones.filter(isTimeZone)) {
      expect(localDay(endOfDay('2026-03-28', zone), zone)).toBe('2026-03-29');
      expect(localDay(endOfDay('2026-03-28', zone) - 1, zone)).toBe('2026-03-28');
    }
    for (const zone of ['UTC', 'EST', 'CET', 'Europe/Kyiv', 'Asia/Calcutta', '+02:00'])
      expect(isTimeZone(zone)).toBe(true);
  });
});
