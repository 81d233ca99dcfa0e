import { expect, it } from 'vitest';
import { checkSound } from './sound.ts';
import { wavOf } from './testing/server.ts';

const padded = (...head: (string | number[])[]): Uint8Array =>
  Buffer.concat([
    ...head.map((each) => (typeof each === 'string' ? Buffer.from(each, 'latin1') : Buffer.from(each))),
    Buffer.alloc(100),
  ]);

it.each([
  ['wav', wavOf('a')],
  ['mp3', padded('ID3')],
  ['mp3', padded([0xff, 0xfb, 0x90, 0x00])],
  ['mp3', padded([0xff, 0xf3, 0x40, 0xc4])],
  ['ogg', padded('OggS')],
  ['flac', padded('fLaC')],
  ['m4a', padded([0, 0, 0, 28], 'ftypM4A ')],
  ['webm', padded([0x1a, 0x45, 0xdf, 0xa3])],
] as const)('knows %s by its first bytes', (extension, body) => {
  expect(checkSound(body)).toEqual({ extension, body });
});

it.each([
  ['is empty', Buffer.alloc(0), 'is empty'],
  ['is a page', padded('\xef\xbb\xbf\n<!DOCTYPE html>'), 'is a web page'],
  ['is a head alone', wavOf('').subarray(0, 44), 'a head and nothing after it'],
  ['is AAC, which has no layer', padded([0xff, 0xf1, 0x50, 0x80]), 'no sound that can be read'],
  ['is RIFF but no WAVE', padded('RIFF____AVI '), 'no sound that can be read'],
  ['is a picture', padded([0xff, 0xd8, 0xff, 0xe0]), 'no sound that can be read'],
  ['is text', padded('hello'), 'no sound that can be read'],
])('refuses what %s', (_, body, reason) => {
  expect(() => checkSound(body)).toThrow(reason);
});
