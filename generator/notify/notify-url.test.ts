import { expect, it } from 'vitest';
import { mailtoAddress, notifyUrlProblem } from './notify-url.ts';

it.each([
  'https://hooks.slack.com/services/T0/B0/token',
  'https://prod-1.westeurope.logic.azure.com:443/workflows/a/triggers/manual/paths/invoke?api-version=2016-06-01&sig=x',
  'https://10.0.0.5:8443/notices',
  'mailto:ops@example.com',
])('takes %s', (value) => {
  expect(notifyUrlProblem(value)).toBeUndefined();
});

it.each([
  ['http://hooks.example.com/x', 'is not the address of a webhook'],
  ['hooks.example.com', 'is not the address of a webhook'],
  ['file:notices', 'is not the address of a webhook'],
  ['https:\\\\hooks.example.com', 'is not the address of a webhook'],
  ['https://hooks.example.com/a b', 'is not the address of a webhook'],
  ['https://ann:hunter2@hooks.example.com', 'has a user name or a password'],
  ['https://hooks.example.com/x#y', 'has a # in it'],
  ['mailto:', 'is not one mail address'],
  ['mailto:a@example.com,b@example.com', 'is not one mail address'],
  ['mailto:a@example.com?cc=b@example.com', 'is not one mail address'],
  ['mailto:a%40example.com', 'is not one mail address'],
])('refuses %s', (value, why) => {
  expect(notifyUrlProblem(value)).toContain(why);
});

it('names the address of a mail', () => {
  expect(['mailto:a@example.com', 'MAILTO:a@example.com', 'https://a@example.com'].map(mailtoAddress)).toEqual([
    'a@example.com',
    'a@example.com',
    undefined,
  ]);
});
