import { describe, expect, it } from 'vitest';
import { everything } from '../../fixtures/world.ts';
import { memoryStore } from '../../store/memory.ts';
import { buildMessage } from './message.ts';
import { openTransport } from './open-transport.ts';
import { headersOf, outbox } from './outbox.ts';
import { NotSent } from './transport.ts';

const message = (subject: string, name = 'Ann Lee', id = 'a'.repeat(32)) =>
  buildMessage({
    id,
    organization: 'org_test',
    date: '2025-12-09',
    from: { name: 'Reports', address: 'reports@cci.example' },
    to: { name, address: 'ann@example.com' },
    subject,
    html: '<p>Hello</p>',
    text: 'Hello\n',
    at: new Date('2025-12-10T07:00:00Z'),
  });

describe('the outbox', () => {
  it('keeps the first mail of an identity, whole', async () => {
    const store = memoryStore();
    const [first, second] = [await message('First'), await message('Second')];
    const transport = outbox(store);
    const receipts = [await transport.send(first), await transport.send(second)];
    const file = `2025-12-09-org_test-${'a'.repeat(32)}.eml`;
    expect(receipts).toEqual([{ id: file }, { id: file }]);
    expect(Buffer.from((await store.get(file))?.body ?? '').equals(Buffer.from(first.bytes))).toBe(true);
  });

  it('has a page to browse it, in which everything is text', async () => {
    const store = memoryStore();
    const transport = outbox(store);
    const hostile =
      '<script>alert("ü")</script> & \u201cquoted\u201d and so long that its header has to be folded over lines';
    await transport.send(await message(hostile, '"><b>Ännchen</b>'));
    await transport.send(await message('Plain', 'Bob', 'b'.repeat(32)));
    await transport.close();
    const page = new TextDecoder().decode((await store.get('index.html'))?.body);
    expect(page).not.toMatch(/<script|<b>/);
    expect(page).toContain('&lt;script&gt;alert(&quot;ü&quot;)&lt;/script&gt; &amp; “quoted” and so long');
    expect(page).toContain('Ännchen');
    expect([...page.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual([
      `2025-12-09-org_test-${'b'.repeat(32)}.html`,
      `2025-12-09-org_test-${'b'.repeat(32)}.eml`,
      `2025-12-09-org_test-${'a'.repeat(32)}.html`,
      `2025-12-09-org_test-${'a'.repeat(32)}.eml`,
    ]);
  });

  it('says that nothing was sent where it cannot be written', async () => {
    const full = { ...memoryStore(), put: () => Promise.reject(new Error('no space left')) };
    await expect(outbox(full).send(await message('Any'))).rejects.toThrow(NotSent);
    expect((await everything(full)).size).toBe(0);
  });

  it('reads back what it shows', async () => {
    const { subject, to } = headersOf(
      new TextDecoder().decode((await message('79 % · ▼ 4 points', 'Zoë “Z” Ångström')).bytes),
    );
    expect(subject).toBe('79 % · ▼ 4 points');
    expect(to).toContain('Zoë “Z” Ångström');
  });
});

it('refuses a way to send that it does not know', () => {
  expect(() => openTransport('pigeon:coop')).toThrow('is not a way to send');
});
