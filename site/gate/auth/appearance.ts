/** Clerk's components in our own colours and type, in both schemes. */
export const appearance = {
  variables: {
    colorPrimary: 'var(--accent)',
    colorPrimaryForeground: 'var(--on-accent)',
    colorForeground: 'var(--ink)',
    colorMutedForeground: 'var(--ink-2)',
    colorBackground: 'var(--paper)',
    colorInput: 'var(--paper)',
    colorInputForeground: 'var(--ink)',
    colorNeutral: 'var(--ink)',
    colorDanger: 'var(--fail)',
    fontFamily: 'var(--sans)',
    fontSize: '15px',
    borderRadius: '4px',
  },
  elements: {
    rootBox: { width: '100%' },
    cardBox: { width: '100%', maxWidth: '100%', boxShadow: 'none', border: '0' },
    card: { padding: '0', boxShadow: 'none', border: '0' },
    header: { display: 'none' },
  },
};
