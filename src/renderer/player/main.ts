import './styles/base.css'
import './styles/text.css'
import './styles/novel.css'
import { readAddress } from './page/address.ts'
import { openPage } from './page/page.ts'

openPage(readAddress(location))
