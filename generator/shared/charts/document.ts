import domino from '@mixmark-io/domino';

/** What Plot draws in where there is no browser. */
export const document: Document = domino.createDocument();
