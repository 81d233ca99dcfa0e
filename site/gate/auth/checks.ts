import type { GateSettings } from '../settings.ts';

/**
 * What Clerk's SDK is to check of a session's token beside its times, whichever way a request takes. Without `jwtKey`, `issuer`
 * and `authorizedParties` the SDK asks over the network, or does not check at all.
 * @param jwtKey public key in PEM
 */
export const checks = ({ issuer, origin }: GateSettings, jwtKey: string) => ({
  jwtKey,
  issuer,
  authorizedParties: [origin],
});
