import { expect, test } from 'vitest';
import { nextStep } from './next-step.ts';

const UNKNOWN = 'so it is not known whether you may see this page.';

test.each<[status: number | undefined, isShown: boolean, isOnline: boolean, step: string, text: string | undefined]>([
  [200, false, true, 'show', undefined],
  [200, true, false, 'show', undefined],
  [401, true, true, 'load again', 'You no longer have access to this page'],
  [403, false, true, 'load again', 'You no longer have access to this page'],
  [410, true, true, 'load again', 'The reports were updated'],
  [undefined, true, true, 'leave', undefined],
  [undefined, true, false, 'leave', undefined],
  [undefined, false, false, 'ask again', `You are offline, ${UNKNOWN}`],
  [undefined, false, true, 'ask again', `The site could not be reached, ${UNKNOWN}`],
  [503, false, true, 'ask again', `The site could not answer just now (status 503), ${UNKNOWN}`],
  [429, false, true, 'ask again', `The site could not answer just now (status 429), ${UNKNOWN}`],
  [503, true, true, 'leave', undefined],
])('after %s, page in sight: %s, online: %s: %s', (status, isShown, isOnline, step, text) => {
  const next = nextStep(status, isShown, isOnline);
  expect(next.step).toBe(step);
  if (text === undefined) expect(next).toEqual({ step });
  else expect(next).toEqual({ step, text: expect.stringContaining(text) });
});

test('nobody is told that they have lost access but by the gate’s 401 or 403', () => {
  const statuses = [undefined, ...Array.from({ length: 500 }, (_, i) => 100 + i)];
  for (const status of statuses)
    for (const isShown of [true, false])
      expect(JSON.stringify(nextStep(status, isShown, true)).includes('no longer have access')).toBe(
        status === 401 || status === 403,
      );
});
