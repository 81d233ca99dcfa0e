// After sign-out: not every browser obeys Clear-Site-Data, so what the site has stored is removed here too.
for (const name of ['localStorage', 'sessionStorage']) {
  try {
    window[name].clear();
  } catch {
    // The browser keeps nothing for this site.
  }
}
