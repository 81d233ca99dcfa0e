// `npm run bench compress`: bytes and processor time of the ways to compress a site's files, and of a whole cold build with each.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, constants, gzipSync, zstdCompressSync } from 'node:zlib';
import { QUALITY } from '../../generator/lib/bytes.ts';
import { ORG, writeCalls } from './build/calls.ts';
import { measureBuild, OURS } from './build/measure.ts';
import { type Bench, machine, median } from './report.ts';

const SIZE = { calls: 1_200, days: 50 };
const SAMPLE = 240;
const ROUNDS = Number(process.env.CCI_ROUNDS ?? 3);
/** What pages have in common, as browsers would keep it: some pages of the same site. */
const DICTIONARY_PAGES = 4;

type Compressor = (bytes: Buffer) => Uint8Array;

const brotli =
  (quality: number): Compressor =>
  (bytes) =>
    brotliCompressSync(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength },
    });

const zstd =
  (level: number, dictionary?: Buffer): Compressor =>
  (bytes) =>
    zstdCompressSync(bytes, {
      params: { [constants.ZSTD_c_compressionLevel]: level },
      ...(dictionary && { dictionary }),
    });

/** Of one way to compress, a page. */
interface Figures {
  name: string;
  bytes: number;
  cpuMs: number;
}

export const bench: Bench = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'cci-bench-'));
  try {
    await writeCalls(folder, SIZE, () => {});
    const { cpuSeconds, calls } = measureBuild(folder, OURS);
    const pages = pagesIn(join(folder, 'reports', ORG, 'blobs'));
    const [dictionary, sample] = [Buffer.concat(pages.slice(0, DICTIONARY_PAGES)), pages.slice(DICTIONARY_PAGES)];
    const found = measure(sample, {
      'gzip 6': (bytes) => gzipSync(bytes, { level: 6 }),
      ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((quality) => [`Brotli ${quality}`, brotli(quality)])),
      ...Object.fromEntries([1, 3, 6].map((level) => [`zstd ${level}`, zstd(level)])),
      'zstd 3 with a dictionary': zstd(3, dictionary),
    });
    const [own, five] = [QUALITY, 5].map((quality) => found.find(({ name }) => name === `Brotli ${quality}`)) as [
      Figures,
      Figures,
    ];
    const rest = (cpuSeconds * 1000) / calls - own.cpuMs;
    const product = ({ bytes, cpuMs }: Figures) => (bytes * (rest + cpuMs)) / (five.bytes * (rest + five.cpuMs));
    return {
      title: 'Compressing pages',
      command: 'npm run bench compress',
      machine: machine(),
      method: `${sample.length} pages of calls from a cold build of ${calls.toLocaleString('en-GB')} calls, of ${Math.round(mean(sample.map(({ byteLength }) => byteLength)) / 1000)} KB each; medians of ${ROUNDS} rounds in one thread. That build took ${((cpuSeconds * 1000) / calls).toFixed(2)} ms of the processors a call, everything counted, with ${own.name}, which the product uses: the rest of a call is the same with each way. The dictionary is ${DICTIONARY_PAGES} other pages of the site; Brotli with one is not in Node.`,
      tables: [
        {
          head: [
            'compressed by',
            'bytes',
            'of Brotli 5',
            'CPU ms a page',
            'of Brotli 5',
            'bytes × CPU of a whole build, of Brotli 5',
          ],
          rows: found.map((each) => [
            each.name,
            Math.round(each.bytes).toLocaleString('en-GB'),
            (each.bytes / five.bytes).toFixed(2),
            each.cpuMs.toFixed(2),
            (each.cpuMs / five.cpuMs).toFixed(2),
            product(each).toFixed(2),
          ]),
        },
      ],
      goals: [],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Pages of calls, plain: of a build's text files those that are documents. Some of them, evenly chosen. */
function pagesIn(folder: string): Buffer[] {
  const pages = readdirSync(folder)
    .filter((name) => name.includes('.br.'))
    .map((name) => brotliDecompressSync(readFileSync(join(folder, name))))
    .filter((bytes) => bytes.includes('<section class="section transcript'));
  const step = Math.max(1, Math.floor(pages.length / (SAMPLE + DICTIONARY_PAGES)));
  return pages.filter((_, i) => i % step === 0).slice(0, SAMPLE + DICTIONARY_PAGES);
}

function measure(pages: readonly Buffer[], ways: { [name: string]: Compressor }): Figures[] {
  const times = new Map<string, number[]>(Object.keys(ways).map((name) => [name, []]));
  const bytes = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, way] of Object.entries(ways)) {
      const before = process.cpuUsage();
      bytes.set(name, mean(pages.map((page) => way(page).byteLength)));
      const { user, system } = process.cpuUsage(before);
      times.get(name)?.push((user + system) / 1000 / pages.length);
    }
  }
  return [...times].map(([name, cpuMs]) => ({ name, bytes: bytes.get(name) ?? Number.NaN, cpuMs: median(cpuMs) }));
}

const mean = (values: readonly number[]): number => values.reduce((sum, each) => sum + each, 0) / values.length;
