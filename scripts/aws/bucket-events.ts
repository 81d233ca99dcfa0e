// `node scripts/aws/bucket-events.ts BUCKET [--yes]`: lets the bucket of the results tell EventBridge of its objects, which is what the
// trigger and the change feed of the stack listen to. Shows what is there, adds ours, asks, and writes.
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { S3Client } from '@aws-sdk/client-s3';
import { print, printError } from '../../generator/lib/console.ts';
import { messageOf, Unavailable, UserError } from '../../generator/lib/errors.ts';
import { quoted, say } from '../../generator/lib/printable.ts';
import { switchOn } from './events/switch-on.ts';

const HELP = say`node scripts/aws/bucket-events.ts BUCKET [--yes]: let a bucket tell EventBridge what happens in it, and keep all that it tells others. --yes writes without asking. Credentials and region are those of the AWS tools.`;

/** Exit status: 0 all is as it should be, 1 something failed or is not wanted, 2 a wrong call. */
export async function main(args: string[]): Promise<number> {
  try {
    const { bucket, yes, help } = read(args);
    if (help) {
      print(HELP);
      return 0;
    }
    const client = new S3Client({ forcePathStyle: Boolean(process.env.AWS_ENDPOINT_URL_S3) });
    const outcome = await switchOn(client, bucket, { say: print, confirm: async () => yes || ask() });
    return outcome === 'refused' ? 1 : 0;
  } catch (error) {
    const problems = error instanceof UserError ? error.problems : [say`Unexpected error: ${messageOf(error)}`];
    for (const problem of problems) printError(problem);
    return error instanceof UserError && !(error instanceof Unavailable) ? 2 : 1;
  }
}

function read(args: string[]) {
  const { values, positionals } = parsed(args);
  const [bucket = '', ...more] = positionals;
  if (values.help) return { bucket, yes: false, help: true };
  if (bucket === '' || more.length > 0) throw new UserError([say`Name one bucket. ${HELP}`]);
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket))
    throw new UserError([
      say`${quoted(bucket)} is not the name of a bucket: write it without s3:// and without a folder.`,
    ]);
  return { bucket, yes: values.yes === true, help: false };
}

function parsed(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: { yes: { type: 'boolean' }, help: { type: 'boolean' } },
    });
  } catch {
    throw new UserError([say`One of the arguments is not understood. ${HELP}`]);
  }
}

/** Without a terminal there is nobody to ask. */
async function ask(): Promise<boolean> {
  if (!process.stdin.isTTY) {
    printError(say`There is no terminal to ask at. To write without being asked, add --yes.`);
    return false;
  }
  const line = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await line.question('Write it? [y/N] ');
  line.close();
  return /^y(es)?$/i.test(answer.trim());
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
