import { expect, test } from 'vitest';
import { ticketsOf } from './ticket.ts';

const ADMITTED = { organization: 'org_1', user: 'user_1', key: 'org_1/audio/c-1.mp3' };
const NOW = 1_800_000_000_000;
const tickets = ticketsOf('sk_live_x', () => NOW);
const ticket = tickets.make(ADMITTED, NOW + 1000);

test('a ticket is good for what it was made for, in each process with the same secret, until it ends', () => {
  expect(tickets.accepts(ticket, ADMITTED)).toBe(true);
  expect(ticketsOf('sk_live_x', () => NOW + 999).accepts(ticket, ADMITTED)).toBe(true);
  expect(ticketsOf('sk_live_x', () => NOW + 1000).accepts(ticket, ADMITTED)).toBe(false);
  expect(ticketsOf('sk_live_y', () => NOW).accepts(ticket, ADMITTED)).toBe(false);
});

test('it is good for nobody and nothing else', () => {
  for (const other of [
    { organization: 'org_12' },
    { user: 'user_12' },
    { key: 'org_1/audio/c-2.mp3' },
    { key: 'org_1/audio/c-1.wav' },
    { organization: 'org_1","user_1', user: '' },
  ])
    expect(tickets.accepts(ticket, { ...ADMITTED, ...other })).toBe(false);
});

test('what was changed, or is none, is not taken for one', () => {
  const [end = '', signature = ''] = ticket.split('-');
  const later = (NOW + 10_000).toString(36);
  for (const text of [
    '',
    '-',
    end,
    `${later}-${signature}`,
    `${end}-${signature.slice(1)}`,
    `${ticket}0`,
    `${ticket} `,
  ])
    expect([text, tickets.accepts(text, ADMITTED)]).toEqual([text, false]);
  const flipped = signature.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
  expect(tickets.accepts(`${end}-${flipped}`, ADMITTED)).toBe(false);
});

test('it has nothing in it that a log or an address could not hold, and nothing of whom it is for', () => {
  expect(ticket).toMatch(/^[0-9a-z]+-[0-9a-f]{64}$/);
  expect(ticket).not.toContain(Buffer.from('user_1').toString('hex'));
});
