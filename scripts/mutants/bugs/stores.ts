import { edit, type Mutant, mutant } from './mutant.ts';

/** What is read of the store, and what is remembered of it. */
export const STORES: Mutant[] = [
  mutant(
    'pointer remembered without its organization',
    [
      edit('content/sites.ts', 'const known = pointers.get(org);', "const known = pointers.get('');"),
      edit('content/sites.ts', 'pointers.set(org, fresh);', "pointers.set('', fresh);"),
    ],
    'gate',
    'it gets its own organization’s page at the same address',
  ),
  mutant(
    'manifest remembered without its organization',
    edit('content/content.ts', 'const key = `', "const key = name.startsWith('builds/') ? 'same' : `"),
    'gate',
    'it gets its own organization’s page at the same address',
  ),
  mutant(
    'manifest of another organization taken',
    edit('generator/publish/read.ts', 'if (stored.organization !== org)', "if (stored.organization === '')"),
    'content/sites',
    'it refuses a pointer or manifest that says it is another organization’s',
  ),
  mutant(
    'pointer of another organization taken',
    edit('generator/publish/pointer.ts', 'if (stored.organization !== org)', "if (stored.organization === '')"),
    'content/sites',
    'it refuses a pointer or manifest that says it is another organization’s',
  ),
  mutant(
    'hash of files not checked',
    edit('content/blobs.ts', ' || sha256(plain) !== file.sha256', ''),
    'content/sites',
    'it refuses bytes that are not the manifest’s, whatever is asked for',
  ),
  mutant(
    'hash of manifests not checked',
    edit('generator/publish/read.ts', 'if (sha256(bytes) !== build.sha256)', 'if (bytes.byteLength === 0)'),
    'content/sites',
    'it refuses a manifest of which a byte has changed',
  ),
  mutant(
    'pointer believed for ever',
    edit('content/sites.ts', 'known && now() - known.checked < recheckMs', 'known'),
    'content/sites',
    'it shows a new build, or a first one, after two seconds at most',
  ),
  mutant(
    'any build served for any name',
    edit('content/sites.ts', "nameOf(each) === name) ?? 'gone'", 'nameOf(each) === name) ?? pointer'),
    'gate',
    'it is told when its page is of another organization’s build, or of none',
  ),
];
