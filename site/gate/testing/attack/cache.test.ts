import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sha256 } from '../../../../generator/lib/bytes.ts';
import { openStore } from '../../../../generator/store/open.ts';
import { findNginx, startNginx } from '../../../../scripts/bench/gate/nginx.ts';
import { rawRequest } from '../gate.ts';
import { sendAll } from './client.ts';
import { keys, ORIGIN, PUBLISHABLE_KEY, sessionOf } from './identities.ts';
import { startGateProcess } from './process.ts';
import { COMMON, publishOrganization } from './world.ts';

const COUNT = 5000;
const program = findNginx();

test.skipIf(program === undefined)(
  'a cache in front that goes by the address alone gives nobody another organization’s page (needs nginx)',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cci-cache-'));
    const reports = `file:${join(folder, 'store')}`;
    const [store, input] = [openStore(reports), openStore(`file:${join(folder, 'input')}`)];
    const organizations = [
      await publishOrganization(store, input, { id: 'org_1', name: 'Alpha', seed: 'cache' }),
      await publishOrganization(store, input, { id: 'org_12', name: 'Beta', seed: 'cache' }),
    ];
    await store.put('assets/page.B2xq.css', 'body { margin: 0 }');
    const settings = {
      reports,
      siteUrl: ORIGIN,
      publishableKey: PUBLISHABLE_KEY,
      secretKey: 'sk_live_x',
      jwtKey: keys.pem,
    };
    const gate = await startGateProcess(settings);
    try {
      await using nginx = await startNginx(
        String(program),
        join(folder, 'nginx'),
        `location / {
          proxy_pass http://127.0.0.1:${gate.port}; proxy_http_version 1.1; proxy_set_header Connection "";
          proxy_cache kept; proxy_cache_key $uri; proxy_cache_valid any 10m; proxy_ignore_headers Vary;
          add_header X-Cache $upstream_cache_status always;
        }`,
        `proxy_cache_path ${join(folder, 'cache')} keys_zone=kept:1m;`,
      );
      const paths = COMMON.filter((path) => path !== '/404.html');
      const sessions = organizations.map((each) => sessionOf(each));
      const requests = Array.from({ length: COUNT }, (_, i) => {
        const own = organizations[i % 2] as (typeof organizations)[number];
        const path = paths[(i >> 1) % paths.length] as string;
        const head = [`GET ${path} HTTP/1.1`, 'Host: reports.example.com', ...(sessions[i % 2] ?? []), '', ''].join(
          '\r\n',
        );
        return { head, method: 'GET', kind: 'page', own, path };
      });
      const wrong: string[] = [];
      await sendAll(nginx.port, requests, ({ own, path }, { status, headers, plain }) => {
        const hash = own.manifest.files[path]?.sha256;
        if (status !== 200 || sha256(plain) !== hash || headers.get('x-cache') !== 'MISS')
          wrong.push(`${own.id} ${path} → ${status} ${headers.get('x-cache')}`);
      });
      expect(wrong).toEqual([]);
      // The cache does keep what it may.
      const kept = async () => (await rawRequest(nginx.port, '/assets/page.B2xq.css')).headers.get('x-cache');
      expect([await kept(), await kept()]).toEqual(['MISS', 'HIT']);
    } finally {
      await gate.close();
      await rm(folder, { recursive: true, force: true });
    }
  },
);
