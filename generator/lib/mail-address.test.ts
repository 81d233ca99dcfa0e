import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressProblem, asciiAddress, mailboxProblem } from './mail-address.ts';

const long = (n: number) => 'a'.repeat(n);

describe('a mail address', () => {
  it.each([
    'ann@team.example',
    "m.o'hara@team.example",
    'ann+digest@team.example',
    "!#$%&'*+/=?^_`{|}~-@team.example",
    'a@b-c.de',
    'ann@bücher.example',
    'ann@例え.テスト',
    'ann@xn--bcher-kva.example',
    'Ann@Team.EXAMPLE',
    `${long(64)}@team.example`,
  ])('may be %s', (address) => expect(addressProblem(address)).toBeUndefined());

  it.each([
    ['', 'is not one mail address'],
    ['ann', 'is not one mail address'],
    ['@team.example', 'is not one mail address'],
    ['ann@', 'is not one mail address'],
    ['ann@team', 'is not a domain name'],
    ['a@b.example, c@d.example', 'is not one mail address'],
    ['a@b@c.example', 'is not one mail address'],
    ['"ann lee"@team.example', 'is not one mail address'],
    ['Ann <ann@team.example>', 'is not one mail address'],
    ['us..er@x.example', 'there is a dot at the start, at the end or next to another dot'],
    ['.user@x.example', 'there is a dot at the start, at the end or next to another dot'],
    ['user.@x.example', 'there is a dot at the start, at the end or next to another dot'],
    ['user@x..example', 'is not a domain name'],
    ['user@.x.example', 'is not a domain name'],
    ['user@x.example.', 'is not a domain name'],
    ['user@-x.example', 'is not a domain name'],
    ['user@x_y.example', 'is not a domain name'],
    ['user@127.0.0.1', 'is not a domain name'],
    ['user@127.1', 'is not a domain name'],
    ['user@[127.0.0.1]', 'is not one mail address'],
    ['user@x.example/path', 'is not a domain name'],
    ['user@x.example\u200b', 'it contains U+200B, which is invisible'],
    ['us\u00ader@x.example', 'it contains U+00AD, which is invisible'],
    ['user@x.exam\u0000ple', 'it contains U+0000, which is invisible'],
    ['user@x.example\r\nBcc: y@z.example', 'is not one mail address'],
    ['=?utf-8?q?=61?=@x.example', 'mail programs decode'],
    ['=?UTF-8?B?YQ@x.example', 'mail programs decode'],
    ['us\u009fer@x.example', 'it contains U+009F'],
    ['us er@x.example', 'it contains a space'],
    ['us\u00a0er@x.example', 'it contains U+00A0'],
    ['müller@x.example', 'ASCII characters only, not ü'],
    ['💣@x.example', 'ASCII characters only, not 💣'],
    [`${long(65)}@team.example`, 'too long'],
    [`a@${long(64)}.example`, 'is not a domain name'],
    [`${long(60)}@${Array(4).fill(long(48)).join('.')}.example`, 'too long'],
  ])('is not %j', (address, why) => {
    expect(addressProblem(address)).toContain(why);
    expect(addressProblem(address)).toMatch(/^is not /);
  });

  it('is sent with its domain in ASCII', () => {
    expect(asciiAddress("M.O'Hara@Bücher.example")).toBe("M.O'Hara@xn--bcher-kva.example");
    expect(asciiAddress('ann@team.example')).toBe('ann@team.example');
    expect(asciiAddress('no address')).toBe('no address');
  });

  it('that is right is printable ASCII once it is sent, whatever was written', () => {
    const part = fc.string({
      unit: fc.constantFrom('a', 'Z', '9', '.', '-', "'", '+', 'ü', '例', '\u200b', ' ', '@', '"'),
    });
    fc.assert(
      fc.property(part, part, (local, domain) => {
        const address = `${local}@${domain}.example`;
        if (addressProblem(address) !== undefined) return;
        expect(asciiAddress(address)).toMatch(/^[!-~]+@([a-z0-9-]+\.)+example$/);
        expect(asciiAddress(address)).not.toMatch(/^\.|\.\.|\.@|[",;<>()]/);
      }),
      { numRuns: Number(process.env.CCI_RUNS ?? 500) },
    );
  });
});

it.each([
  ['Reports <reports@x.example>', undefined],
  ['"Reports, daily" <reports@x.example>', undefined],
  ['Berichte für Köln <r@bücher.example>', undefined],
  ['reports@x.example', undefined],
  ['Reports <reports@x>', 'is not a domain name'],
  ['Reports <us..er@x.example>', 'there is a dot at the start'],
  ['Re\r\nports <reports@x.example>', 'control character'],
  ['Re\u0085ports <reports@x.example>', 'control character'],
  ['Reports <re\u0000ports@x.example>', 'U+0000'],
  ['A <a@x.example> B <b@x.example>', 'is not one mail address'],
])('a sender may be a name and an address: %j', (text, why) => {
  if (why === undefined) expect(mailboxProblem(text)).toBeUndefined();
  else expect(mailboxProblem(text)).toContain(why);
});
