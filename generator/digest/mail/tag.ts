/** Tag that finds a digest again among the mail service's events. */
export const TAG = 'digest-id';
