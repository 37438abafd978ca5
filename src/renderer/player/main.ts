import './styles.ts'
import { readAddress } from './page/address.ts'
import { openBacklog } from './page/backlog-page.ts'
import { followScene } from './page/obs-scene.ts'
import { openPage } from './page/page.ts'
import { answerProbe } from './page/probe.ts'

if (!answerProbe(window)) {
  const address = readAddress(location)
  if (address.history) openBacklog(address)
  else openPage(address)
  followScene(window)
}
