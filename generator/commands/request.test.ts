import { expect, it } from 'vitest';
import { UserError } from '../lib/errors.ts';
import { type Request, readRequest } from './request.ts';

const NAMES = ['build', 'builds', 'digest', 'digest log', 'digest resend', 'tenant add', 'tenant check', 'serve'];
const read = (typed: string) => readRequest(typed === '' ? [] : typed.split(' '), NAMES);
const sentence = (typed: string): string => {
  try {
    read(typed);
  } catch (error) {
    if (error instanceof UserError) return error.problems.join('\n');
  }
  throw new Error(`${typed} was understood`);
};

const ASKED: [string, Request][] = [
  ['build --org a', { kind: 'command', name: 'build', args: ['--org', 'a'] }],
  ['digest --org log', { kind: 'command', name: 'digest', args: ['--org', 'log'] }],
  ['digest log --date D', { kind: 'command', name: 'digest log', args: ['--date', 'D'] }],
  ['build help', { kind: 'command', name: 'build', args: ['help'] }],
  ['', { kind: 'help', isAsked: false }],
  ['--version', { kind: 'version' }],
  ['-V --json', { kind: 'version' }],
  ...['help', '--help', '-h', 'help help', 'help --json', 'help -h'].map((typed): [string, Request] => [
    typed,
    { kind: 'help', isAsked: true },
  ]),
  ...['help digest log', 'digest log --help', 'digest log -h', '-h digest log', 'digest log --force -h'].map(
    (typed): [string, Request] => [typed, { kind: 'help', isAsked: true, about: 'digest log' }],
  ),
  ...['help digest', 'digest -h', 'help digest --json'].map((typed): [string, Request] => [
    typed,
    { kind: 'help', isAsked: true, about: 'digest' },
  ]),
];

it.each(ASKED)('%j asks for what it says', (typed, request) => {
  expect(read(typed)).toEqual(request);
});

it.each([
  ['biuld', '"biuld" is not a command. Did you mean build?'],
  ['biuld acme', '"biuld" is not a command. Did you mean build?'],
  ['help biuld', '"biuld" is not a command. Did you mean build?'],
  ['biuld -h', '"biuld" is not a command. Did you mean build?'],
  ['version', '"version" is not a command. Did you mean --version?'],
  ['hlep', '"hlep" is not a command. Did you mean help or --help?'],
  ['digest lgo', '"digest lgo" is not a command. Did you mean digest log?'],
  ['digset log', '"digset log" is not a command. Did you mean digest log?'],
  ['digest everything', '"digest everything" is not a command. There are: digest log, digest resend.'],
  ['tenant', '"tenant" is not a command. There are: tenant add, tenant check.'],
  ['--quiet build', '"--quiet" is not a command. The command comes first, then its flags. See --help.'],
  ['publish', `"publish" is not a command. There are: ${NAMES.join(', ')}.`],
  ['toString', `"toString" is not a command. There are: ${NAMES.join(', ')}.`],
])('%j is told what was probably meant', (typed, words) => {
  expect(sentence(typed)).toBe(words);
});
