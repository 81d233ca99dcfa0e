import { describe, expect, it } from 'vitest';
import { UserError } from './lib/errors.ts';
import { need, readSettings, SETTINGS, type SettingName } from './settings.ts';
import { tenantConfig } from './tenants/config.ts';

const ALLOWED: SettingName[] = ['results', 'config', 'org', 'now', 'force', 'port', 'maskingKey'];
const problemsOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof UserError) return error.problems.join('\n');
    throw error;
  }
  throw new Error('nothing was wrong');
};

describe('settings', () => {
  it('come from flags over environment over default', () => {
    const env = { CCI_RESULTS_URL: 'file:env', CCI_CONFIG_URL: 'file:env', CCI_MAIL_URL: 'ignored here' };
    expect(readSettings(['--results', 'file:flag', '--org', 'a', '--org=b', '--force'], env, ALLOWED)).toEqual({
      results: 'file:flag',
      config: 'file:env',
      org: ['a', 'b'],
      force: 'true',
      port: '4321',
    });
  });

  it('that are wrong are all named at once, and a secret is not repeated', () => {
    const env = { CCI_CONFIG_URL: 's4://x', CCI_PORT: '99999', CCI_MASKING_KEY: 'short' };
    const args = ['--results', 'http://x', '--now', 'tomorrow', '--froce', '--force=yes', '--org', 'stray', 'words'];
    expect(problemsOf(() => readSettings(args, env, ALLOWED))).toMatchInlineSnapshot(`
      "--froce is not a flag of this command. Did you mean --force? See --help.
      --force takes no value.
      "words" is not understood here. See --help.
      --results: "http://x" is not a store: write file: and a folder, or s3://bucket.
      CCI_CONFIG_URL: "s4://x" is not a store: write file: and a folder, or s3://bucket.
      CCI_MASKING_KEY: its value is too short to be a key: give at least 32 characters.
      --now: "tomorrow" is not an instant: write it as 2026-03-30T06:00:00Z.
      CCI_PORT: "99999" is not a port: 0 to 65535."
    `);
  });

  it.each([
    ['tiny', 'is too short to be a key: give at least 32 characters'],
    ['é'.repeat(31), 'is too short to be a key'],
    ['ab'.repeat(40), 'is too easily guessed to be a key'],
    [`${'0123456789abcdef'.repeat(2)}\n`, 'begins or ends with a space or a line break'],
    [' '.repeat(40), 'begins or ends with a space'],
    ['https://ann:hunter2@keys.example.com/0123456789abcdef', 'is an address, not a key'],
  ])('refuse the key %j alike for masking and for links, new and old, and repeat none', (key, why) => {
    const env = { CCI_MASKING_KEY: key, CCI_UNSUBSCRIBE_KEY: key, CCI_UNSUBSCRIBE_KEY_PREVIOUS: key };
    const said = problemsOf(() =>
      readSettings([], env, ['maskingKey', 'unsubscribeKey', 'unsubscribeKeyPrevious']),
    ).split('\n');
    expect(said.map((sentence) => sentence.split(': ')[0])).toEqual(Object.keys(env));
    for (const sentence of said) {
      expect(sentence).toContain(`its value ${why}`);
      expect(sentence).not.toContain(key);
    }
    const good = { CCI_UNSUBSCRIBE_KEY: '0123456789abcdef0123456789abcdef' };
    expect(readSettings([], good, ['unsubscribeKey'])).toEqual({ unsubscribeKey: good.CCI_UNSUBSCRIBE_KEY });
  });

  it('refuse Clerk’s secret key where a part of it is missing', () => {
    const read = (key: string) => readSettings([], { CLERK_SECRET_KEY: key }, ['secretKey']);
    const whole = `sk_live_${'x1Y2z3'.repeat(7)}`;
    expect(read(whole)).toEqual({ secretKey: whole });
    for (const wrong of [whole.slice(0, 20), `${whole} `, `${whole}\nx`, 'sk_live_…'])
      expect(problemsOf(() => read(wrong))).toMatch(/^CLERK_SECRET_KEY: its value is not a whole secret key/);
  });

  it.each<[SettingName, string]>([
    ['results', 's3://key:hunter2@bucket'],
    ['config', 's3://bucket?endpoint=https://key:hunter2@minio.example.com'],
    ['reports', 's3://bucket?endpoint=https%3A%2F%2Fkey%3Ahunter2%40minio.example.com'],
    ['siteUrl', 'https://ann:hunter2@reports.example.com'],
    ['siteUrl', 'https:\\\\ann:hunter2@reports.example.com'],
    ['siteUrl', 'ann:hunter2@reports.example.com'],
    ['signInUrl', 'https://ann:hunter2@accounts.example.com/sign-in'],
    ['issuer', 'https://ann:hunter2@clerk.example.com'],
    ['mailFrom', 'smtp://ann:hunter2@mail.example.com'],
    ['unsubscribeMail', 'smtps://ann:hunter2@mail.example.com'],
    ['jwtKey', 'https://ann:hunter2@keys.example.com'],
    ['mailUrl', 'ses:eu-central-1?endpoint=https://ann:hunter2@mail.example.com'],
  ])('refuse a password in %s: %s, and do not repeat it', (name, value) => {
    const variable = String((SETTINGS[name] as { variable?: string }).variable);
    const said = problemsOf(() => readSettings([], { [variable]: value }, [name]));
    expect(said).toMatch(new RegExp(`^${variable}: its value .*\\.$`));
    expect(said).not.toContain('hunter2');
  });

  it.each([
    ['smtp://mail.example.com:587', undefined],
    ['smtps://ann:hunter%2F2@mail.example.com', undefined],
    ['smtp://ann:12/hunter2@mail.example.com', 'is not the address of an SMTP server'],
    ['smtp://ann:12#hunter2@mail.example.com', 'is not the address of an SMTP server'],
    ['smtp://:hunter2@mail.example.com', 'has a password without a user name'],
    ['smtp://ann:100%hunter2@mail.example.com', 'has a % that encodes nothing'],
  ])('take %s for mail, or say what is wrong with it: %s', (mailUrl, why) => {
    const read = () => readSettings([], { CCI_MAIL_URL: mailUrl }, ['mailUrl']);
    if (why === undefined) expect(read()).toEqual({ mailUrl });
    else expect(problemsOf(read)).toMatch(new RegExp(`^CCI_MAIL_URL: its value ${why}(?!.*hunter2)`));
  });

  it('that are no days of the calendar are none', () => {
    const args = ['--now', '2026-02-30T06:00:00Z', '--date', '2026-02-30'];
    expect(problemsOf(() => readSettings(args, {}, ['now', 'date']))).toBe(
      `--now: "2026-02-30T06:00:00Z" is not an instant: write it as 2026-03-30T06:00:00Z.
--date: "2026-02-30" is not a day: write it as 2026-03-30.`,
    );
  });

  it('that are missing are all named at once, with both ways to set them', () => {
    expect(problemsOf(() => need({ results: 'file:x' }, 'results', 'config', 'siteUrl'))).toMatchInlineSnapshot(`
      "--config URL or CCI_CONFIG_URL is missing (the tenants’ configuration). Set it and run the command again.
      CCI_SITE_URL is missing (address of the report sites, for the gate and for links in mail). Set it and run the command again."
    `);
  });
});

describe('report-config.json', () => {
  it('gives defaults where there is none', () => {
    expect(tenantConfig(undefined, undefined, false)).toMatchObject({
      configured: false,
      timeZone: 'UTC',
      timeZoneStated: false,
      passMark: 70,
      passMarkFrom: 'default',
      minimumN: 5,
    });
  });

  it.each([
    [{ passMark: 80 }, { scoring: { pass_threshold: 0.6 } }, 80, 'report-config'],
    [{}, { scoring: { pass_threshold: 0.07 } }, 7, 'qa-config'],
    [{}, { scoring: null }, 70, 'default'],
    [{ passMark: 0 }, undefined, 0, 'report-config'],
  ])('%j beside a qa-config.json of %j gives the mark %d', (report, qa, passMark, passMarkFrom) => {
    expect(tenantConfig(report, qa, false)).toMatchObject({ passMark, passMarkFrom });
  });

  it('reads ids and domains without regard to case', () => {
    const { agents, agentDomains } = tenantConfig(
      { agentDomains: ['@Agents.Example', '.sub.example'], agents: { 'Ann@Agents.Example': { name: 'Ann' } } },
      undefined,
      false,
    );
    expect([agentDomains, Object.keys(agents)]).toEqual([['agents.example', 'sub.example'], ['ann@agents.example']]);
  });

  it('that is wrong is told of all at once', () => {
    const report = {
      name: 3,
      timeZone: 'Mars/Olympus',
      locale: 'not a locale',
      passMark: 170,
      brand: { accent: 'red', logo: '../logo.png' },
      masking: true,
      colour: 'blue',
      digest: { time: '7am', recipients: [{ address: 'a@b.example, c@d.example', scope: 'team' }, { adress: 'x' }] },
    };
    expect(problemsOf(() => tenantConfig(report, { scoring: { pass_threshold: 70 } }, false))).toMatchInlineSnapshot(`
      "report-config.json: "name": 3 is not right: write text in quotes.
      report-config.json: "timeZone": "Mars/Olympus" is not a time zone: write it as Europe/London.
      report-config.json: "locale": "not a locale" is not a locale: write it as en-GB.
      report-config.json: "passMark": 170 is not right: write a value of at most 100.
      report-config.json: "brand.logo": "../logo.png" is not the name of a png, svg, webp or jpg file beside this one.
      report-config.json: "brand.accent": "red" is not a colour: write it as #2B45B8.
      report-config.json: "digest.time": "7am" is not a time of day: write it as 07:00. Did you mean "07:00"?
      report-config.json: "digest.recipients.0.address": "a@b.example, c@d.example" is not one mail address.
      report-config.json: "digest.recipients.0.scope": "team" is not a scope: write "all", {"team": "…"} or {"agent": "…"}.
      report-config.json: "digest.recipients.1.address" is missing. Write text in quotes.
      report-config.json: "digest.recipients.1" has "adress", which this version does not support. Did you mean "address"?
      report-config.json has "colour", which this version does not support. Remove or correct the name.
      qa-config.json: "scoring.pass_threshold" is 70. Write a number from 0 to 1, such as 0.7."
    `);
  });

  it('maps the names that a row is read by, and no others', () => {
    expect(tenantConfig({ columns: { started_at: ' Begin ' } }, undefined, false).columns).toEqual({
      started_at: 'Begin',
    });
    expect(
      problemsOf(() => tenantConfig({ columns: { start: 'Begin', agent_id: 3 } }, undefined, false)),
    ).toMatchInlineSnapshot(`
      "report-config.json: "columns.agent_id": 3 is not right: write text in quotes.
      report-config.json: "columns" has "start", which this version does not support. Remove or correct the name; it may have call_id, direction, calling_party, called_party, started_at, ended_at, duration_seconds, agent_id, processing_timestamp, sentiment_label, sentiment_positive, sentiment_neutral, sentiment_negative, sentiment_confidence, sentiment_score, overall_score, grade, qa_overall_pass, transcript_word_count, utterance_count, summary, topic."
    `);
  });

  it.each([
    [{ timezone: 'Europe/Berlin' }, '"timezone", which this version does not support. Did you mean "timeZone"?'],
    [
      { agents: { ann: { nam: 'Ann' } } },
      '"agents.ann" has "nam", which this version does not support. Did you mean "name"?',
    ],
    [{ digest: { recipients: [{ address: 'a@b.example', scop: 'all' }] } }, 'Did you mean "scope"?'],
    [{ digest: { recipients: [{ address: 'a@b.example', scope: { taem: 'x' } }] } }, 'is not a scope'],
    [{ columns: { startet_at: 'Begin' } }, 'Did you mean "started_at"?'],
    [{ weekStart: 'Mondy' }, 'Did you mean "monday"?'],
    [{ digest: { days: ['friday', 'saterday'] } }, 'Did you mean "saturday"?'],
    [{ digest: { quietDay: 'none' } }, 'is not right: write one of "skip", "note"'],
    [{ passMark: '80' }, 'Did you mean 80, without quotes?'],
    [{ masking: 'True' }, 'Did you mean true, without quotes?'],
    [{ locale: 'en_GB' }, 'Did you mean "en-GB"?'],
    [{ brand: { accent: '2B45B8' } }, 'Did you mean "#2B45B8"?'],
    [{ timeZone: 'BST' }, '"BST" is not a time zone: write a full name, perhaps Europe/London, Asia/Dhaka or'],
    [{ digest: { recipients: [{ address: 'müller@b.example' }] } }, 'ASCII characters only, not ü'],
    [{ digest: { recipients: [{ address: 'a@b.example\u200b' }] } }, 'a@b.example\\u{200b}" is not one mail address'],
  ])('offers what was probably meant by %j', (report, offered) => {
    expect(problemsOf(() => tenantConfig(report, undefined, true))).toContain(offered);
  });

  it('takes addresses as RFC 5322 has them', () => {
    const recipients = ["m.o'hara@team.example", 'a+b@bücher.example'].map((address) => ({ address }));
    expect(tenantConfig({ digest: { recipients } }, undefined, true).digest?.recipients).toMatchObject(recipients);
  });

  it('refuses masking without a key', () => {
    expect(problemsOf(() => tenantConfig({ masking: true }, undefined, false))).toMatchInlineSnapshot(
      `"report-config.json: "masking" is true, but CCI_MASKING_KEY is not set. Set the key, or turn masking off."`,
    );
  });
});

it('lets recordings be heard of a tenant that masks nothing, or says that it knows what cannot be masked', () => {
  const of = (report: object) => tenantConfig(report, undefined, true).playback;
  expect([of({}), of({ playback: true }), of({ masking: true })]).toEqual([false, true, false]);
  const said = 'even though masked';
  expect([of({ playback: said }), of({ masking: true, playback: said })]).toEqual([said, said]);
  expect(problemsOf(() => tenantConfig({ masking: true, playback: true }, undefined, true))).toMatchInlineSnapshot(
    `"report-config.json: "playback" is true, but "masking" is true, and what is spoken cannot be masked. Write "playback": "even though masked", or remove it."`,
  );
  expect(problemsOf(() => tenantConfig({ playback: 'yes' }, undefined, true))).toMatchInlineSnapshot(
    `"report-config.json: "playback": "yes" is not right: write true, false, or "even though masked"."`,
  );
});

it('names a few of the keys that an object may not have, and counts the others', () => {
  const keys = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`key${i}`, 1]));
  const error = tryConfig(keys);
  expect(error).toEqual([
    expect.stringMatching(
      /^report-config\.json has "key0", .*"key7" and 992 more, which this version does not support\./,
    ),
  ]);
});

function tryConfig(spec: object): string[] {
  try {
    tenantConfig(spec, undefined, false);
    return [];
  } catch (error) {
    return (error as UserError).problems;
  }
}
