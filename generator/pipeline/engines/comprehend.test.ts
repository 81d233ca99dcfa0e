import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SentimentScorer, Turn } from '../ports.ts';
import { comprehendScorer } from './comprehend.ts';
import { type ComprehendDouble, comprehendDouble } from './testing/doubles/comprehend.ts';
import { doubleEnv, type Fault, jsonOf } from './testing/doubles/server.ts';
import { failureOf } from './testing/failure.ts';
import { running, SAMPLE_TURNS } from './testing/sample.ts';
import { sentimentConformance } from './testing/sentiment.ts';

let double: ComprehendDouble;
beforeAll(async () => {
  double = await comprehendDouble();
});
afterAll(() => double[Symbol.asyncDispose]());

function open(): SentimentScorer {
  double.faults.length = 0;
  double.texts.length = 0;
  double.requests.length = 0;
  double.failing.clear();
  return comprehendScorer(doubleEnv('COMPREHEND', double.url));
}
const say = (speaker: Turn['speaker'], text: string): Turn => ({ speaker, start: 0, end: 1, text });

sentimentConformance('comprehend', async () => ({ scorer: open(), unknown: 'gd-GB' }));

describe('sentiment by Comprehend', () => {
  it('is the mean of what was said, by its length', async () => {
    const turns = [say('agent', 'x'.repeat(100)), say('customer', `never ${'y'.repeat(294)}`)];
    const outcome = await open().score(turns, 'en-GB', running());
    expect(outcome).toEqual({
      sentiment: {
        overall: 'negative',
        positive: 0,
        neutral: expect.closeTo(0.325, 6),
        negative: expect.closeTo(0.675, 6),
        mixed: 0,
      },
      units: 6,
    });
  });

  it('reads the whole of a call in any script, in requests of 25 texts', async () => {
    const turns = Array.from({ length: 60 }, (_, at) => say('customer', '漢字かな'.repeat(110) + at));
    const outcome = await open().score(turns, 'zh-Hant', running());
    expect(outcome).toMatchObject({ sentiment: { overall: 'neutral' } });
    expect(double.texts).toHaveLength(60);
    expect(double.requests.map((request) => jsonOf(request).LanguageCode)).toEqual(['zh-TW', 'zh-TW', 'zh-TW']);
  });

  it('reads a turn to its end that has more bytes than the service takes', async () => {
    const text = 'щ漢👍🏽'.repeat(900);
    expect(await open().score([say('customer', text)], 'en-US', running())).toHaveProperty('sentiment');
    expect(double.texts.join('')).toBe(text);
  });

  it('has none where one text has none, and says why', async () => {
    const scorer = open();
    double.failing.set(0, 'INTERNAL_SERVER_ERROR');
    const error = await failureOf(scorer.score(SAMPLE_TURNS, 'en-US', running()));
    expect(error).toMatchObject({
      kind: 'retry',
      message: expect.stringMatching(/all but 1 of 2 .*INTERNAL_SERVER_ERROR/),
    });
    expect(error.message).not.toMatch(/parcel/);
  });

  it('asks nobody where the language is not known', async () => {
    for (const language of ['auto', 'gd-GB', 'xx', ''])
      expect(await open().score(SAMPLE_TURNS, language, running())).toHaveProperty('notAnalysed');
    expect(double.requests).toHaveLength(0);
  });

  const faults: [string, Fault, 'retry' | 'configuration', RegExp][] = [
    ['throttled', { status: 400, code: 'ThrottlingException' }, 'retry', /ThrottlingException/],
    ['too many', { status: 400, code: 'TooManyRequestsException' }, 'retry', /TooManyRequestsException/],
    ['broken', { status: 500, code: 'InternalServerException' }, 'retry', /InternalServerException/],
    ['cut off', { kind: 'reset' }, 'retry', /ECONNRESET/],
    ['no service', { kind: 'garbage' }, 'retry', /something else than the service/],
    [
      'not allowed',
      { status: 400, code: 'AccessDeniedException', message: 'not authorized' },
      'configuration',
      /Grant the right/,
    ],
    ['a wrong request', { status: 400, code: 'InvalidRequestException' }, 'configuration', /InvalidRequestException/],
  ];
  it.each(faults)('fails once, and says what to do: %s', async (_, fault, kind, words) => {
    const scorer = open();
    double.faults.push(fault);
    const error = await failureOf(scorer.score(SAMPLE_TURNS, 'en-US', running()));
    expect(error).toMatchObject({ kind, message: expect.stringMatching(words) });
    expect(double.requests).toHaveLength(1);
  });

  it('is not analysed where the service does not know the language after all', async () => {
    const scorer = open();
    double.faults.push({ status: 400, code: 'UnsupportedLanguageException' });
    expect(await scorer.score(SAMPLE_TURNS, 'hi-IN', running())).toEqual({
      notAnalysed: expect.stringContaining('hi-IN'),
    });
  });
});
