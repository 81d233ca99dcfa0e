import { addressOf } from '#shared/calls/parties.ts';
import { isAbsentWord } from '../source/absent-word.ts';
import { isNobody } from './nobodys-number.ts';
import { NOTHING, type Reader, read, unread } from './reading.ts';

/** "4.41632E+11", "########": what a spreadsheet leaves of a long number. */
const RUINED = /^([+-]?\d+([.,]\d+)?e[+-]?\d+|#{2,})$/i;
/** The user of an address under which a number is withheld; other short words may well be somebody's. */
const NOBODYS_USER = /^(0+|anonymous|unknown|unavailable|private|withheld|restricted|blocked)$/;

/** A calling or called party; what a spreadsheet has ruined, or what stands for no number, is nobody's. */
export const partyOf: Reader<string> = (value) => {
  if (value === null || value === undefined || value === '') return NOTHING;
  const text = typeof value === 'string' ? value.trim() : '';
  if (RUINED.test(text)) return unread('ruined-number');
  const [user = '', host] = addressOf(text).split('@');
  const isHidden = host === undefined ? isNobody(user) : NOBODYS_USER.test(user);
  if (isAbsentWord(text) || isHidden) return unread('nobodys-number');
  // As a table of numbers writes one.
  return read(text.replace(/^(\+?\d{6,})\.0+$/, '$1'));
};
