import { addressOf } from '#shared/calls/parties.ts';
import { cutTo, LIMITS } from '../lib/limits.ts';
import { isAbsentWord } from '../source/absent-word.ts';
import { isNobody } from './nobodys-number.ts';
import { NOTHING, type Reader, unread } from './reading.ts';

/** "4.41632E+11", "########": what a spreadsheet leaves of a long number. */
const RUINED = /^([+-]?\d+([.,]\d+)?e[+-]?\d+|#{2,})$/i;
/** The user of an address under which a number is withheld; other short words may well be somebody's. */
const NOBODYS_USER = /^(0+|anonymous|unknown|unavailable|private|withheld|restricted|blocked)$/;

/** A calling or called party; what a spreadsheet has ruined, or what stands for no number, is nobody's. */
export const partyOf: Reader<string> = (value) => {
  if (value === null || value === undefined || value === '') return NOTHING;
  const whole = typeof value === 'string' ? value.trim() : '';
  const text = partyIn(whole);
  if (RUINED.test(text)) return unread('ruined-number');
  const [user = '', host] = addressOf(text).split('@');
  const isHidden = host === undefined ? isNobody(user) : NOBODYS_USER.test(user);
  if (isAbsentWord(text) || isHidden) return unread('nobodys-number');
  // As a table of numbers writes one.
  const party = text.replace(/^(\+?\d{6,})\.0+$/, '$1');
  return text === whole ? { value: party } : { value: party, told: 'cut-short', most: LIMITS.party };
};

/** Of one that is too long the address in angle brackets, else its first characters. */
function partyIn(text: string): string {
  if (text.length <= LIMITS.party) return text;
  const address = /<([^<>]+)>/.exec(text)?.[1]?.trim() ?? text;
  return cutTo(address, LIMITS.party);
}
