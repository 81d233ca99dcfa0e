// `node scripts/bench/sheet/read.ts <file: URL of the results> <organization> <rows>`: reads its sheets and nothing else.

import { openSpool } from '../../../generator/lib/spool.ts';
import { wantedColumns } from '../../../generator/source/header.ts';
import { listCalls } from '../../../generator/source/listing.ts';
import { readSheet } from '../../../generator/source/read-sheet.ts';
import { fileStore } from '../../../generator/store/file.ts';
import { tenantConfig } from '../../../generator/tenants/config.ts';

const [url = '', org = '', rows] = process.argv.slice(2);
const store = fileStore(url);
await using spool = await openSpool();
let read = 0;
for (const [key, listed] of (await listCalls(store, org, false, spool)).sheets) {
  const sheet = await readSheet(store, org, key, listed, wantedColumns(tenantConfig({}, undefined, false)), spool);
  read += sheet?.slices.size ?? 0;
}
if (read !== Number(rows)) throw new Error(`${read} of ${rows} rows were read`);
process.stderr.write(`maxRSS ${process.resourceUsage().maxRSS}`);
