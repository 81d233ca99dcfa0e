// What every page does in a browser beyond being read: all that it takes is loaded when somebody first asks for it.
import '../search/search.ts';
import '../keys/keys.ts';
import { isOlder } from '../browser/older.ts';
import { keepPeriod } from '../browser/period-links.ts';
import { setSheetFoot } from '../browser/sheet-foot.ts';

if (!isOlder()) {
  keepPeriod();
  setSheetFoot(document.documentElement.dataset.foot ?? '');
}
