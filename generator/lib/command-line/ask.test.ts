import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { say } from '../printable.ts';
import { openAsker } from './ask.ts';

/** Streams as a terminal has them; what is written to the output is collected. */
function terminal(isTTY = true) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  let seen = '';
  output.on('data', (text: Buffer) => {
    seen += text.toString();
  });
  const streams = { input: Object.assign(input, { isTTY }), output: Object.assign(output, { isTTY }) };
  return {
    streams: streams as unknown as Parameters<typeof openAsker>[0],
    type: (text: string) => input.write(text),
    seen: () => seen,
  };
}

it('asks until an answer is right, takes what is proposed for an empty one, and no for no answer', async () => {
  const { streams, type, seen } = terminal();
  await using asker = openAsker(streams);
  expect(asker.isThere).toBe(true);
  const zone = asker.text(say`Zone`, 'UTC', (answer) => (answer === 'UTC' ? undefined : 'is no zone'));
  type('here\n');
  await new Promise(setImmediate);
  type('\n');
  expect(await zone).toBe('UTC');
  expect(seen()).toContain('Zone [UTC]: ');
  const agreed = asker.confirm(say`Write it?`);
  type('perhaps\n');
  await new Promise(setImmediate);
  type('Yes\n');
  expect(await agreed).toBe(true);
  const refused = asker.confirm(say`And this?`);
  type('\n');
  expect(await refused).toBe(false);
});

it('ends in words where the input ends, and is not there without a terminal', async () => {
  const { streams } = terminal();
  await using asker = openAsker(streams);
  const asked = asker.text(say`Name`, '');
  streams?.input.push(null);
  await expect(asked).rejects.toThrow('Ended without an answer, so nothing was written.');
  await using nobody = openAsker(terminal(false).streams);
  expect(nobody.isThere).toBe(false);
});
