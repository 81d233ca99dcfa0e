import { readFile } from 'node:fs/promises';
import { crc32, deflateSync } from 'node:zlib';

/**
 * What a virtual screen shows, as PNG. Xvfb keeps its picture in a file (`-fbdir`) in the form of `xwd`: a header of 32-bit numbers,
 * the first bytes first, colours, then rows of blue, green, red and nothing.
 */
export async function pictureOf(file: string): Promise<Buffer> {
  const dump = await readFile(file);
  const field = (at: number) => dump.readUInt32BE(at * 4);
  const [width, height, stride] = [field(4), field(5), field(12)];
  const start = field(0) + field(19) * 12;
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const from = start + y * stride + x * 4;
      const to = y * (1 + width * 3) + 1 + x * 3;
      rows[to] = dump[from + 2] ?? 0;
      rows[to + 1] = dump[from + 1] ?? 0;
      rows[to + 2] = dump[from] ?? 0;
    }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // Eight bits of red, green and blue.
  head.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const around = Buffer.alloc(8);
  around.writeUInt32BE(data.length, 0);
  around.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([around.subarray(0, 4), named, around.subarray(4)]);
}
