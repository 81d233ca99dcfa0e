import { expect, test } from 'vitest';
import { once } from './once.ts';

test('work is done once for what it is done with, also where it failed later on', async () => {
  let done = 0;
  const square = once((n: number, unit: string) => `${n * n} ${unit}, ${++done}`);
  expect([square(3, 'm'), square(3, 'm'), square(4, 'm'), square(3, 'm')]).toEqual([
    '9 m, 1',
    '9 m, 1',
    '16 m, 2',
    '9 m, 1',
  ]);
  const fails = once(() => Promise.reject(new Error(`try ${++done}`)));
  await expect(fails()).rejects.toThrow('try 3');
  await expect(fails()).rejects.toThrow('try 3');
});
