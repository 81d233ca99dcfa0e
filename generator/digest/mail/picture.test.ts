import { describe, expect, it } from 'vitest';
import { MAIL_COLOURS } from '#shared/charts/mail-trend.ts';
import { composeDigest } from '../content/compose.ts';
import { DAY, reportFrom, twoWeeks } from '../fixtures/report.ts';
import { pngOf } from './picture.ts';

function picture(): Buffer {
  const { report, calls } = reportFrom(twoWeeks());
  const { trend } = composeDigest({
    org: 'org_test',
    report,
    date: DAY,
    calls,
    recipient: { scope: 'all', member: true },
  });
  return Buffer.from(pngOf(trend?.svg ?? '', trend?.width ?? 0));
}

const luminance = (colour: string): number => {
  const [r = 0, g = 0, b = 0] = (colour.match(/[0-9a-f]{2}/gi) ?? [])
    .map((hex) => Number.parseInt(hex, 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a: string, b: string): number => {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
};

describe('the picture of the trend', () => {
  it('is a sharp PNG with something on it, small, and the same each time', () => {
    const png = picture();
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1104, 192]);
    // An empty one of this size has 1.2 KB.
    expect(png.byteLength).toBeGreaterThan(3000);
    expect(png.byteLength).toBeLessThan(20 * 1024);
    expect(picture().equals(png)).toBe(true);
  });

  it.each(Object.entries(MAIL_COLOURS))('shows %s on light and on dark paper', (_name, colour) => {
    for (const paper of ['#ffffff', '#15191d']) expect(contrast(colour, paper)).toBeGreaterThanOrEqual(3);
  });
});
