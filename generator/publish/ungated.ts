/**
 * A page for a host without a gate. Pages as they are published are hidden until the gate says whose they are; where there is
 * none they would stay so.
 * @param html a page as it was rendered; what is no such page comes back as it is
 */
export const ungated = (html: string): string =>
  html
    .replace(/^(<!doctype html>\s*<html[^>]*?) data-site="[0-9a-f]*"/i, '$1')
    .replace(/<link rel="stylesheet" href="\/session\.css[^<>]*>/, '')
    .replace('<body hidden>', '<body>')
    // Only a gate can open a recording.
    .replace(/<div class="listen">[^<]*<link [^<>]*>[^<]*<a [^<>]*>[^<]*<\/a>[^<]*<\/div>/, '')
    .replaceAll(/(<div id="t-\d+" class="[a-z ]+") data-time="[\d. ]+"/g, '$1');
