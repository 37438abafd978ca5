import { jwtVerify, SignJWT } from 'jose'

/** What a device's token says; the names are go-sse-broker's. */
export interface DeviceClaims {
  uid: string
  /** The device that it is bound to; empty = any. */
  deviceName: string
}

export interface DeviceTokens {
  /** @param ttl seconds. @returns a JWT, HS256. */
  sign(claims: DeviceClaims, ttl: number): Promise<string>
  /** @returns null for a token that is expired, forged, or not one of these. */
  verify(token: string): Promise<DeviceClaims | null>
}

export function createDeviceTokens(secret: string): DeviceTokens {
  const key = new TextEncoder().encode(secret)
  return {
    sign: ({ uid, deviceName }, ttl) =>
      new SignJWT({ uid, device_name: deviceName })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setExpirationTime(Math.floor(Date.now() / 1000) + ttl)
        .sign(key),
    async verify(token) {
      try {
        const { payload } = await jwtVerify(token, key, { algorithms: ['HS256'], requiredClaims: ['exp'] })
        const { uid, device_name: name } = payload
        if (typeof uid !== 'string' || uid === '') return null
        return { uid, deviceName: typeof name === 'string' ? name : '' }
      } catch {
        return null
      }
    },
  }
}
