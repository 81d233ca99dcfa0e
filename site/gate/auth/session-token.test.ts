import { sign } from 'node:crypto';
import { expect, test } from 'vitest';
import { makeKeys } from '../../../scripts/demo/identity/forge.ts';
import { isToken, signedClaims } from './session-token.ts';

const [own, before, other] = [makeKeys(), makeKeys(), makeKeys()];
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const signed = (header: unknown, claims: unknown, { privateKey } = own) => {
  const text = `${part(header)}.${part(claims)}`;
  return `${text}.${sign('sha256', Buffer.from(text), privateKey).toString('base64url')}`;
};
const RS256 = { alg: 'RS256', typ: 'JWT' };
const claims = { sid: 'sess_1', sub: 'user_1', exp: 1 };
const read = signedClaims([own.pem, before.pem]);

test('claims are read of a token that one of the keys has signed, expired or not', () => {
  expect(read(signed(RS256, claims))).toEqual(claims);
  expect(read(signed(RS256, claims, before))).toEqual(claims);
  expect(signedClaims([])(signed(RS256, claims))).toBeUndefined();
});

test('nothing is read of any other', () => {
  const good = signed(RS256, claims);
  const [header = '', body = '', signature = ''] = good.split('.');
  for (const token of [
    signed(RS256, claims, other),
    signed({ alg: 'none' }, claims),
    signed({ alg: 'RS512' }, claims),
    signed({}, claims),
    `${header}.${part({ ...claims, sub: 'user_2' })}.${signature}`,
    `${part({ ...RS256, kid: 'x' })}.${body}.${signature}`,
    `${header}.${body}.`,
    `${header}.${body}.${signature.slice(0, -4)}`,
    `${header}.${body}`,
    `x.${good}`,
    `${good}.x`,
    ` ${good}`,
    `${good}\n`,
    '',
  ])
    expect([token, read(token)]).toEqual([token, undefined]);
});

test('a text has the form of a token where its header and its claims are objects', () => {
  expect(isToken(`${part({})}.${part({})}.`)).toBe(true);
  expect(isToken(signed(RS256, claims, other))).toBe(true);
  for (const odd of [null, [], 1, 'x', true]) {
    expect([odd, isToken(`${part(odd)}.${part({})}.x`)]).toEqual([odd, false]);
    expect([odd, isToken(`${part({})}.${part(odd)}.x`)]).toEqual([odd, false]);
  }
  for (const text of [
    '',
    'a.b.c',
    ` ${part({})}.${part({})}.x`,
    '..',
    `${part({})}.${part({})}`,
    `${part({})}.${part({})}.a.b`,
    `${part({})}.${part({})}.+`,
  ])
    expect([text, isToken(text)]).toEqual([text, false]);
});
