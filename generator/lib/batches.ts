/** How large a batch gets. */
export interface BatchSize<Item> {
  /** Items. */
  most: number;
  /** Bytes from which on it is full: one very large item is a batch of its own. Absent: items are all alike. */
  bytes?: number;
  bytesOf?: (item: Item) => number;
}

/** Items by the batch, in their order: what a batch takes of memory is bounded. */
export async function* batchesOf<Item>(
  items: AsyncIterable<Item>,
  { most, bytes = Number.POSITIVE_INFINITY, bytesOf = () => 0 }: BatchSize<Item>,
): AsyncGenerator<Item[]> {
  let batch: Item[] = [];
  let size = 0;
  for await (const item of items) {
    batch.push(item);
    size += bytesOf(item);
    if (batch.length < most && size < bytes) continue;
    yield batch;
    batch = [];
    size = 0;
  }
  if (batch.length > 0) yield batch;
}
