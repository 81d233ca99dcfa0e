import { blobsOf, type Manifest } from '../manifest.ts';

/**
 * Blobs that a build needs and another one does not: what lies in parts that both have is not looked at. Keys inside the organization.
 * @throws {Damaged} where a part of either cannot be read
 */
export async function* namesOnlyIn(build: Manifest, other: Manifest): AsyncGenerator<string> {
  const isOld = [...build.files.parts(), ...other.files.parts()].some(({ at }) => at === undefined);
  if (isOld) {
    // In an older version's builds several paths may have one blob.
    const named = new Set<string>();
    for await (const blob of blobsOf(other)) named.add(blob);
    for await (const blob of blobsOf(build)) if (!named.has(blob)) yield blob;
    return;
  }
  const parts = new Set([...other.files.parts()].map(({ at }) => at?.blob));
  for (const { at, load } of build.files.parts()) {
    if (at === undefined || parts.has(at.blob)) continue;
    yield at.blob;
    for (const [path, { blob }] of await load()) if ((await other.files.get(path))?.blob !== blob) yield blob;
  }
  for (const blob of Object.keys(build.state ?? {})) if (!Object.hasOwn(other.state ?? {}, blob)) yield blob;
}
