import { expect, it } from 'vitest';
import { say } from '../../lib/printable.ts';
import { CONNECTION_LOST, KEY_UNKNOWN, NO_ANSWER, OVERLOADED, SESSION_OVER } from '../../store/aws-codes.ts';
import { awsFailure } from './aws-errors.ts';

const failed = (error: Error) => {
  const { kind, message } = awsFailure(error, say`Amazon Bedrock could not judge a call`, new AbortController().signal);
  return [kind, message];
};
const named = (name: string) => Object.assign(new Error('It says why.'), { name });
const ofNode = (code: string) => Object.assign(new Error('It says why.'), { code });
const again = ['retry', expect.stringMatching(/: It says why \(\w+\)\. It is tried again later\.$/)];

it.each([...OVERLOADED, ...NO_ANSWER.slice(0, 2), 'ModelNotReadyException'])('tries again after %s', (name) => {
  expect(failed(named(name))).toEqual(again);
});

it.each([...CONNECTION_LOST, 'ETIMEDOUT', 'EAI_AGAIN', 'ECONNREFUSED'])('tries again after %s of Node', (code) => {
  expect(failed(ofNode(code))).toEqual(again);
});

it.each([
  ...SESSION_OVER.map((name) => [named(name), /\. Sign in again\.$/] as const),
  ...KEY_UNKNOWN.map((name) => [named(name), /\. Check AWS_ACCESS_KEY_ID /] as const),
  [ofNode('ENOTFOUND'), /\. Set AWS_REGION /] as const,
  [new Error('Region is missing'), /\(RegionIsMissing\)\. Set AWS_REGION /] as const,
  [named('AccessDeniedException'), /\. Grant the right that is missing\.$/] as const,
  [named('ValidationException'), /\. Correct what it names, then run again\.$/] as const,
])('stops at what somebody has to put right: %s', (error, todo) => {
  expect(failed(error)).toEqual(['configuration', expect.stringMatching(todo)]);
});
