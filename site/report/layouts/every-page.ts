// What every page does in a browser beyond being read: all that it takes is loaded when somebody first asks for it.
import '../search/search.ts';
import '../keys/keys.ts';
