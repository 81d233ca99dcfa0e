// The page of an agent or a team can be handed over as it is shown: with its period.
import { canCopy, copyButton, linkTo } from '../browser/copy.ts';

if (canCopy()) document.getElementById('print')?.before(copyButton('Copy link', () => linkTo()));
