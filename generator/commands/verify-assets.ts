import { messageOf } from '../lib/errors.ts';
import { type Printable, say } from '../lib/printable.ts';
import { type AssetDamage, type AssetInspection, inspectAssets, repairAssets } from '../publish/assets.ts';
import { bundledAssets } from '../render/renderer.ts';
import type { Store } from '../store/store.ts';

/**
 * The part of `verify` that no organization owns: the scripts, styles and fonts of the template. What is found where `deep` is written
 * again at once, as far as this version's bundle has it.
 * @param bundle name → bytes; fails where there is none
 */
export async function verifyAssets(
  store: Store,
  deep: boolean,
  bundle: () => Promise<ReadonlyMap<string, Uint8Array>> = bundledAssets,
): Promise<{ found: AssetInspection; text: Printable[] }> {
  const found = await inspectAssets(store, deep);
  const { damage } = found;
  if (damage.length === 0) return { found, text: [contentLine(found, deep)] };
  const lines = damage.map(({ name, verdict }) => say`assets: ${name} is ${verdict}.`);
  if (!deep) return { found, text: [...lines, say`assets: The next build writes again what its templates have.`] };
  try {
    return { found, text: [...lines, ...repairLines(damage, await repairAssets(store, damage, await bundle()))] };
  } catch (error) {
    const failed = say`assets: they could not be written again (${messageOf(error)}). Run verify --deep where the reports are built.`;
    return { found, text: [...lines, failed] };
  }
}

function contentLine({ assets, unknown }: AssetInspection, deep: boolean): Printable {
  if (!deep) return say`assets: ${assets} scripts, styles and fonts: all are there.`;
  const but =
    unknown === 0 ? '' : `, but for ${unknown} that an older version published without a hash, so that nobody can say`;
  return say`assets: ${assets} scripts, styles and fonts: all are there, and every byte is right${but}.`;
}

/** @param left what the bundle does not have */
function repairLines(damage: readonly AssetDamage[], left: readonly AssetDamage[]): Printable[] {
  const again = damage.length - left.length;
  const keys = left.flatMap((each) => each.keys);
  return [
    ...(again > 0 ? [say`assets: Written again from this version’s templates: ${again}.`] : []),
    ...(left.length > 0
      ? [
          say`assets: This version’s templates do not have ${left.map(({ name }) => name)}. Run verify --deep in the version that published what is wrong; or, where every site has been built by a later one since, remove ${keys}.`,
        ]
      : []),
  ];
}
