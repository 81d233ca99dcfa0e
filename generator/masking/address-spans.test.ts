import { describe, expect, it } from 'vitest';
import { addressFinder } from './address-spans.ts';
import { withSpans } from './spans.ts';

const hide = (party: string, text: string) => withSpans(text, addressFinder(party, '[x]')(text));
const ADDRESS = 'Jane.X@home.example';

describe('an address in a text', () => {
  it.each([
    'Jane.X@home.example',
    'jane.x@HOME.example',
    'jane.x @ home.example',
    'jane.x＠home.example',
    'jane.x﹫home．example',
    'jane。x@home.example',
    'jane.x%40home%2Eexample',
    'jane.x%2540home%252eexample',
    'jane.x&#64;home&#46;example',
    'jane.x&amp;#x40;home&amp;#x2e;example',
    'jane.x&commat;home&period;example',
    'jane.x at home.example',
    'jane.x(at)home(dot)example',
    'jane.x [ at ] home { dot } example',
    'jane.x <at> home <dot> example',
    'jane dot x at home dot example',
    'jane  .  x   @   home.example',
  ])('is hidden whole where it is written as %j', (written) => {
    expect(hide(ADDRESS, `write to ${written} soon`)).toBe('write to [x] soon');
  });

  it.each([
    'jane.x@home.example2'.replace('example2', 'exampl'),
    'janeXx@home.example',
    'jane.x home.example',
    'jane.x    @home.example',
    'jane.xathome.example',
    'jane.xat home.example',
    'jane.x athome.example',
    'janedotx@home.example',
  ])('is not seen in %j', (text) => {
    expect(hide(ADDRESS, text)).toBe(text);
  });

  it('is looked for as the record spells it, and without its scheme, name and port', () => {
    const party = '"Jane" <sip:Jane.X@home.example:5060>';
    expect(hide(party, `from ${party} to`)).toBe('from [x] to');
    expect(hide(party, 'from jane.x@home.example to')).toBe('from [x] to');
    expect(hide(`  ${party} `, `from ${party} to`)).toBe('from [x] to');
    expect(hide(' jane.x@home.example ', 'jane.x@home.example')).toBe('[x]');
  });

  it('is hidden as often as it stands there', () => {
    expect(hide(ADDRESS, 'jane.x@home.example, JANE.X@HOME.EXAMPLE')).toBe('[x], [x]');
  });

  it('may have marks that patterns have, which mean themselves', () => {
    const odd = 'a+b*c?(d)[e]{f}|g^h$i\\j/k@home.example';
    expect(hide(odd, `to ${odd}.`)).toBe('to [x].');
    expect(hide('a+b@home.example', 'aab@home.example')).toBe('aab@home.example');
    expect(hide('.+@home.example', 'jane@home.example')).toBe('jane@home.example');
  });

  it('of more than 320 characters is looked for as it stands alone', () => {
    const long = `${'x'.repeat(310)}@home.example`;
    expect(hide(long, `to ${long}.`)).toBe('to [x].');
    expect(hide(long, long.replace('@', ' at '))).not.toContain('[x]');
    const longest = `${'x'.repeat(307)}@home.example`;
    expect(longest).toHaveLength(320);
    expect(hide(longest, longest.replace('@', ' at '))).toBe('[x]');
  });
});

describe('a name in a text', () => {
  it.each([
    'Bob Hiddenname',
    'bob  hiddenname',
    'BOB_HIDDENNAME',
    'bob.hiddenname',
    'Bob, Hiddenname',
    'bob+-+hiddenname',
    'Bob%20Hiddenname',
    'Bob%2520Hiddenname',
    'bob&nbsp;hiddenname',
    'Bob&#32;&amp;#160;Hiddenname',
  ])('is hidden whole where it is written as %j', (written) => {
    expect(hide('Bob Hiddenname', `this is ${written}!`)).toBe('this is [x]!');
  });

  it.each([
    'Bobby Hiddenname',
    'Bob Hiddennames',
    'Kate-éBob Hiddenname'.replace('-', ''),
    'BobHiddenname',
    'Bob    Hiddenname',
    'Bob 2Hiddenname',
    '1Bob Hiddenname',
    'Bob Hiddenname2',
  ])('is not seen in %j', (text) => {
    expect(hide('Bob Hiddenname', text)).toBe(text);
  });

  it('of one word is left alone, but not one with digits, nor in a script without spaces', () => {
    expect(hide('Hiddenname', 'this is Hiddenname')).toBe('this is Hiddenname');
    expect(hide('desk 7', 'at desk 7, not desk 77 or a desk 7b')).toBe('at [x], not desk 77 or a desk 7b');
    expect(hide('desk7', 'at DESK7.')).toBe('at [x].');
    expect(hide('d7', 'at d7.')).toBe('at d7.');
    expect(hide('d77', 'at d77.')).toBe('at [x].');
  });

  it('has words of one letter or with digits, and any spaces between', () => {
    expect(hide('Bob  Hiddenname', 'ask bob_hiddenname')).toBe('ask [x]');
    expect(hide('J Hiddenname', 'ask j_hiddenname')).toBe('ask [x]');
    expect(hide('7 Hiddenname', 'ask 7_hiddenname')).toBe('ask [x]');
    expect(hide('Bob H7', 'ask bob_h7')).toBe('ask [x]');
  });

  it('with marks at a word’s end is looked for as it stands', () => {
    expect(hide('Bob (sales)', 'ask Bob (sales) for it')).toBe('ask [x] for it');
    expect(hide('Bob (sales)', 'ask bob  (sales) for it')).toBe('ask bob  (sales) for it');
    for (const odd of ['(Bob Hiddenname', 'Bob) Hiddenname', 'Bob Hiddenname!', 'Bob ¡Hiddenname']) {
      expect(hide(odd, `ask ${odd} for it`)).toBe('ask [x] for it');
      expect(hide(odd, odd.replace(' ', '_'))).toBe(odd.replace(' ', '_'));
    }
    expect(hide('O’Brien Mc-Neil', 'ask o’brien_mc-neil')).toBe('ask [x]');
  });
});
