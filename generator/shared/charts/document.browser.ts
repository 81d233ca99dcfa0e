/** What Plot draws in: this page. */
export const document: Document = globalThis.document;
