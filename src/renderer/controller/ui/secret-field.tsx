import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyField } from './copy-field.tsx'
import { IconButton } from './icon-button.tsx'

interface SecretFieldProps {
  label: string
  value: string
  hint?: string
}

/** A token to copy, alone or within a command. It must not be seen on a shared screen: dots, until it is asked for. */
export function SecretField(props: SecretFieldProps) {
  const { t } = useTranslation()
  const [shown, setShown] = useState(false)
  return (
    <CopyField {...props} secret={!shown}>
      <IconButton
        icon={shown ? EyeOff : Eye}
        label={t(shown ? 'live.hideToken' : 'live.showToken')}
        onClick={() => setShown(!shown)}
      />
    </CopyField>
  )
}
