import { create } from 'qrcode'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

/** Modules of quiet zone that the standard asks for (ISO/IEC 18004, 5.3.8). */
const QUIET = 4

/** A QR code as one path: sharp at any size, and readable in the dark scheme, because it keeps its white ground. */
export function QrCode({ url }: { url: string }) {
  const { t } = useTranslation()
  const { size, path } = useMemo(() => {
    const { modules } = create(url, { errorCorrectionLevel: 'M' })
    let path = ''
    for (let row = 0; row < modules.size; row++)
      for (let column = 0; column < modules.size; column++)
        if (modules.get(row, column)) path += `M${column + QUIET} ${row + QUIET}h1v1h-1z`
    return { size: modules.size + 2 * QUIET, path }
  }, [url])
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      className="size-36 rounded-field bg-white"
      role="img"
      aria-label={t('share.qr', { url })}
      shapeRendering="crispEdges"
    >
      <path d={path} fill="#000" />
    </svg>
  )
}
