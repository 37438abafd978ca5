import { errors, jwtVerify, SignJWT } from 'jose'
import { ApiError } from '../errors.ts'

/** Seconds. */
export const ACCESS_LIFETIME = 6 * 60 * 60
export const REFRESH_LIFETIME = 14 * 24 * 60 * 60
export const DEVICE_LIFETIME = 365 * 24 * 60 * 60

const ISSUER = 'streaming-message'
const ALGORITHM = 'HS256'
/** Neither kind passes for the other, nor a JWT that another program signed with the same key: audience and `typ` differ. */
const ACCESS = { audience: 'streaming-message/api', typ: 'at+jwt' }
/** Says that an account was signed in to by this browser before. Opens nothing. */
const DEVICE = { audience: 'streaming-message/device', typ: 'device+jwt' }
const REFRESH = { audience: 'streaming-message/refresh', typ: 'refresh+jwt' }

/** What an access token says: whose it is, and on which login it rests. Role and rights are looked up, so that a change counts at once. */
export interface AccessClaims {
  userId: string
  loginId: string
  /** Epoch milliseconds. */
  expiresAt: number
}

export interface RefreshClaims {
  userId: string
  loginId: string
  /** Names this one token of the login's family (`jti`). */
  refreshId: string
}

/** A browser that an account was signed in to before. */
export interface KnownDevice {
  userId: string
  device: string
}

export interface Jwts {
  signAccess(claims: Pick<AccessClaims, 'userId' | 'loginId'>): Promise<string>
  /** @returns null for anything that this server did not sign as an access token. @throws ApiError `token-expired`. */
  readAccess(token: string): Promise<AccessClaims | null>
  signRefresh(claims: RefreshClaims): Promise<string>
  /** @returns null for anything but a refresh token of this server that has not expired. */
  readRefresh(token: string): Promise<RefreshClaims | null>
  signDevice(device: KnownDevice): Promise<string>
  /** @returns null for anything that this server did not sign as such, or that has expired. */
  readDevice(token: string): Promise<KnownDevice | null>
}

/**
 * The two JSON Web Tokens (RFC 7519; `typ` as RFC 9068 has it). The algorithm is pinned, so `none` and public-key ones are refused.
 * @param secret at least 32 bytes.
 */
export function createJwts(secret: Uint8Array): Jwts {
  async function sign(
    kind: typeof ACCESS,
    claims: Record<string, string>,
    subject: string,
    lifetime: number,
  ): Promise<string> {
    const now = Math.floor(Date.now() / 1000)
    return new SignJWT(claims)
      .setProtectedHeader({ alg: ALGORITHM, typ: kind.typ })
      .setIssuer(ISSUER)
      .setAudience(kind.audience)
      .setSubject(subject)
      .setIssuedAt(now)
      .setExpirationTime(now + lifetime)
      .sign(secret)
  }

  async function read(kind: typeof ACCESS, token: string) {
    const { payload } = await jwtVerify(token, secret, {
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience: kind.audience,
      typ: kind.typ,
      requiredClaims: ['sub', 'sid', 'exp'],
    })
    return payload as { sub: string; sid: string; exp: number; jti?: string }
  }

  return {
    signAccess: ({ userId, loginId }) => sign(ACCESS, { sid: loginId }, userId, ACCESS_LIFETIME),
    async readAccess(token) {
      try {
        const { sub, sid, exp } = await read(ACCESS, token)
        return { userId: sub, loginId: sid, expiresAt: exp * 1000 }
      } catch (error) {
        if (error instanceof errors.JWTExpired)
          throw new ApiError('token-expired', 'this access token has expired: refresh it, or sign in again')
        return null
      }
    },
    signRefresh: ({ userId, loginId, refreshId }) =>
      sign(REFRESH, { sid: loginId, jti: refreshId }, userId, REFRESH_LIFETIME),
    async readRefresh(token) {
      try {
        const { sub, sid, jti } = await read(REFRESH, token)
        return jti ? { userId: sub, loginId: sid, refreshId: jti } : null
      } catch {
        return null
      }
    },
    signDevice: ({ userId, device }) => sign(DEVICE, { sid: device }, userId, DEVICE_LIFETIME),
    async readDevice(token) {
      try {
        const { sub, sid } = await read(DEVICE, token)
        return { userId: sub, device: sid }
      } catch {
        return null
      }
    },
  }
}
