import { describe, expect, it } from 'vitest';
import { tenantConfig } from './config.ts';

const read = (href: unknown, more: object = {}) =>
  tenantConfig({ views: [{ name: 'Last failures', href }], ...more }, undefined, true).views;

describe('saved views', () => {
  it.each([
    '/',
    '/calls/',
    '/calls/?qa=failed&sort=score',
    '/agents/ann@agents.example/?from=2026-03-01&to=2026-03-31',
    '/calls/?text=%C3%A4rger',
    '/calls/?f.Queue=Returns%20desk',
  ])('lead to a page of the site: %s', (href) => {
    expect(read(href)).toEqual([{ name: 'Last failures', href }]);
  });

  it.each([
    '//evil.example/',
    '/\\\\evil.example/',
    '/\t/evil.example/',
    'https://evil.example/',
    'https://site.invalid/calls/',
    'javascript:alert(1)',
    ' /calls/',
    '/calls/ ',
    'calls/',
    '/calls',
    '/sign-out',
    '/session?o=1',
    '/u/token',
    '/data/site.json',
    '/calls/../sign-out/',
    '/calls/%2e%2e/sign-out/',
    '/.//evil.example/',
    '/a//evil.example/',
    '/calls/?a=<script>',
    '/calls/#t-1',
    '/calls/?a=b\n',
    '',
    `/calls/?text=${'a'.repeat(2000)}`,
    7,
    null,
  ])('lead nowhere else: %j', (href) => {
    expect(() => read(href)).toThrow(/views\.0\.href/);
  });

  it('are at most fifty, and have names', () => {
    const views = (count: number) => Array.from({ length: count }, (_, i) => ({ name: `View ${i}`, href: '/calls/' }));
    expect(tenantConfig({ views: views(50) }, undefined, false).views).toHaveLength(50);
    expect(() => tenantConfig({ views: views(51) }, undefined, false)).toThrow(/views/);
    expect(() => tenantConfig({ views: [{ name: ' ', href: '/' }] }, undefined, false)).toThrow(/views\.0\.name/);
  });

  it('name no other party where parties are masked', () => {
    expect(read('/calls/?party=%2B441632960001')).toHaveLength(1);
    expect(() => read('/calls/?party=%2B441632960001', { masking: true })).toThrow(/views\.0\.href.*party/);
    expect(read('/calls/?qa=failed', { masking: true })).toHaveLength(1);
  });
});
