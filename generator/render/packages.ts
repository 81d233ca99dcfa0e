/** One package in a `package-lock.json`. */
export interface LockedPackage {
  version?: string;
  dependencies?: { [name: string]: string };
  optionalDependencies?: { [name: string]: string };
}

/** `packages` of a `package-lock.json`: place, such as "node_modules/a/node_modules/b", → package; "" is the project. */
export interface LockedPackages<Package extends LockedPackage = LockedPackage> {
  [place: string]: Package;
}

/**
 * The packages that a lock file resolves for a product, each with what it depends on; where they lie in the tree says nothing.
 * Peers are not followed: each is somebody's dependency too, or leaves nothing at run time, such as types.
 * @param lock text of `package-lock.json`
 * @param names packages of the product; by default what the project depends on at run time
 * @returns sorted, e.g., "react@19.3.1"
 * @throws where one of `names` is not in the lock file
 */
export function resolvedPackages(lock: string, names?: readonly string[]): string[] {
  const { packages } = JSON.parse(lock) as { packages: LockedPackages };
  const places = new Set<string>();
  const follow = (place: string | undefined): void => {
    // Not every lock file has the optional packages of every platform.
    if (place === undefined || places.has(place)) return;
    places.add(place);
    for (const name of dependenciesOf(packages[place])) follow(placeOf(packages, place, name));
  };
  for (const name of names ?? dependenciesOf(packages[''])) {
    const place = placeOf(packages, '', name);
    if (place === undefined && names) throw new Error(`package-lock.json: no package ${name}`);
    follow(place);
  }
  const versions = [...places].map((place) => `${nameOf(place)}@${packages[place]?.version}`);
  return [...new Set(versions)].sort();
}

/** Where Node finds a package that another one imports: beside it, then in each folder above. */
export function placeOf(packages: LockedPackages, from: string, name: string): string | undefined {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    const place = `${at === '' ? '' : `${at}/`}node_modules/${name}`;
    if (packages[place]) return place;
    if (at === '') return undefined;
  }
}

const dependenciesOf = (entry: LockedPackage | undefined): string[] =>
  Object.keys({ ...entry?.dependencies, ...entry?.optionalDependencies });

export const nameOf = (place: string): string =>
  place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
