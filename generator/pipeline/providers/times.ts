import { parseMoment } from '../../lib/time.ts';

/** Date and time of day, as names of files and call recorders write them: with or without separators, seconds or an offset. */
const COMPACT =
  /^(\d{4})[-_.]?(\d\d)[-_.]?(\d\d)[T _-]?(\d\d)[-:_.h]?(\d\d)(?:[-:_.m]?(\d\d))?(?:s|\.\d{1,9})?(Z|[+-]\d\d:?\d\d)?$/i;
const SECONDS = /^\d{10}(?:\.\d{1,9})?$/;
const MILLISECONDS = /^\d{13}$/;
/** A recorder that writes another century has no clock. */
const [EARLIEST, LATEST] = [Date.UTC(2000), Date.UTC(2100)];

/**
 * A time as a provider, a sheet or a file's name writes it: ISO 8601, the same without separators, or seconds or milliseconds since 1970.
 * @param zone IANA zone of a time that has none of its own
 * @returns ISO 8601 in UTC, ending in `Z`; undefined for what is no instant between 2000 and 2100
 */
export function instantOf(text: string, zone = 'UTC'): string | undefined {
  const given = text.trim();
  const at = SECONDS.test(given)
    ? Number(given) * 1000
    : MILLISECONDS.test(given)
      ? Number(given)
      : (atOf(`${given}[${zone}]`) ?? atOf(spelled(given, zone)) ?? atOf(given));
  return at === undefined || at < EARLIEST || at >= LATEST ? undefined : new Date(Math.trunc(at)).toISOString();
}

function atOf(text: string): number | undefined {
  const moment = parseMoment(text);
  return moment && 'at' in moment ? moment.at : undefined;
}

function spelled(text: string, zone: string): string {
  const [, year, month, day, hour, minute, second = '00', offset] = COMPACT.exec(text) ?? [];
  return `${year}-${month}-${day}T${hour}:${minute}:${second}${offset ?? `[${zone}]`}`;
}

/** In the middle of other text, where a date and a time of day stand beside each other. */
const IN_NAME = /(?<!\d)(20\d\d[-_.]?[01]\d[-_.]?[0-3]\d[T _-]{1,3}?[0-2]\d[-:_.]?[0-5]\d[-:_.]?[0-5]\d)(?!\d)/;
const IN_NAME_CLOSE = /(?<!\d)(20\d\d[01]\d[0-3]\d[0-2]\d[0-5]\d[0-5]\d)(?!\d)/;

/** The first date with a time of day, to the second, in a file's name. @returns as `instantOf` */
export function instantInName(name: string, zone?: string): string | undefined {
  const found = IN_NAME.exec(name)?.[1] ?? IN_NAME_CLOSE.exec(name)?.[1];
  return found === undefined
    ? undefined
    : instantOf(found.replace(/[T _-]{1,3}(?=\d\d[-:_.]?\d\d[-:_.]?\d\d$)/, 'T'), zone);
}
